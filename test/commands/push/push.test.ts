import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { UsageError } from '../../../src/commands/command.ts';
import { pushCommand } from '../../../src/commands/push/push.ts';
import { writableRegistry, type WritableRegistry } from '../../adapters/oci-registry/writable-registry.ts';
import { runCommand, type Ran } from '../run-command.ts';

const BOT =
  'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: ada, namespace: agents}\nspec: {image: {tag: 2026.9.6}, envFrom: [{secretRef: {name: keys}}]}\n';

interface Manifest {
  readonly annotations: Readonly<Record<string, string>>;
  readonly layers: readonly { readonly digest: string; readonly mediaType: string }[];
}

describe('push', () => {
  let root = '';
  let server: WritableRegistry;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'push-'));
    server = await writableRegistry();
    mkdirSync(join(root, 'bots'));
    writeFileSync(join(root, 'bots/ada.yaml'), BOT);
    writeFileSync(join(root, 'wrong.yaml'), BOT.replace('image:', 'imag:'));
  });
  after(async () => {
    await server.close();
    rmSync(root, { recursive: true });
  });

  function run(args: readonly string[], { env = {}, stdin = '', cwd = root } = {}): Promise<Ran> {
    return runCommand(pushCommand, args, {
      readStdin: () => Promise.resolve(Buffer.from(stdin)),
      cwd,
      // No repository above, whatever stands above the directory for temporary files.
      env: { PATH: process.env['PATH'], DOCKER_CONFIG: join(root, 'no-docker'), GIT_CEILING_DIRECTORIES: tmpdir(), ...env },
    });
  }
  const address = (tag: string, repository = 'fleet/agents'): string => `oci://${server.host}/${repository}:${tag}`;
  const manifest = (tag: string, repository = 'fleet/agents'): Manifest =>
    JSON.parse(server.manifests.get(`${repository}:${tag}`)?.toString() ?? '') as Manifest;

  test('brings the manifests into the registry, once', async () => {
    const first = await run(
      ['bots', '--output', 'json', '--tag', 'latest', '--tag', 'production', '--tag', 'v1'].toSpliced(0, 0, address('v1')),
    );
    assert.equal(first.code, 0);
    const said = JSON.parse(first.out) as { digest: string };
    const repository = `${server.host}/fleet/agents`;
    const expected = { url: `oci://${repository}@${said.digest}`, repository, tag: 'v1', digest: said.digest, pushed: true };
    assert.deepEqual(said, { ...expected, movedTags: ['latest', 'production'] });
    const archive = gunzipSync(server.blobs.get(`fleet/agents@${manifest('v1').layers[0]?.digest}`) ?? '').toString();
    for (const text of ['agents/ada/manifests.yaml\0', 'kustomization.yaml\0', '- agents/ada/manifests.yaml\n', 'kind: StatefulSet\n'])
      assert.ok(archive.includes(text), text);
    server.asked.length = 0;
    const again = await run([address('v1'), 'bots']);
    assert.deepEqual([again.code, again.out], [0, `unchanged: ${repository}:v1@${said.digest} has these manifests already\n`]);
    assert.deepEqual(server.writes(), []);
    const other = await run([address('v1'), '-', '--media-types', 'flux'], { stdin: BOT });
    assert.match(other.out, /^pushed .*:v1@sha256:[0-9a-f]{64}\n$/);
    assert.equal(manifest('v1').layers[0]?.mediaType, 'application/vnd.cncf.flux.content.v1.tar+gzip');
  });

  test('asks nobody when the input is refused, or when nothing is rendered', async () => {
    server.asked.length = 0;
    const refused = await run([address('v1'), 'wrong.yaml', 'bots']);
    assert.deepEqual([refused.code, refused.out], [1, '']);
    assert.match(refused.err, /"imag" is not a field of spec/);
    const broken = await run([address('v1'), '-'], { stdin: BOT.replace('spec: {', 'spec: {env: [{name: A, value: "a\\x7f"}], ') });
    assert.deepEqual([broken.code, broken.out], [1, '']);
    assert.match(broken.err, /^error: StatefulSet "ada" has U\+007F in spec\..*, which kustomize changes or refuses/m);
    const empty = await run([address('v1'), '-', '--allow-empty'], { stdin: '' });
    assert.deepEqual([empty.code, empty.out], [1, '']);
    assert.match(empty.err, /nothing is rendered/);
    assert.equal(server.asked.length, 0);
  });

  test('is told what a registry answers', async () => {
    const down = await writableRegistry({ first: (response) => response.writeHead(403).end() !== undefined });
    try {
      const { code, out, err } = await run([`oci://${down.host}/fleet:v1`, 'bots']);
      assert.deepEqual([code, out], [1, '']);
      assert.match(err, /^error: the manifests cannot be pushed: 127\.0\.0\.1:\d+ answers 403 for fleet:v1: .*"docker login/m);
    } finally {
      await down.close();
    }
  });

  test('records what it is told, and a time that is told', async () => {
    const revision = `main@sha1:${'a'.repeat(40)}`;
    const flags = ['--source', 'https://git.example.com/fleet.git', '--revision', revision];
    const { code, err } = await run([address('v2'), 'bots', ...flags], { env: { SOURCE_DATE_EPOCH: '86400' } });
    assert.equal(code, 0);
    assert.doesNotMatch(err, /revision/);
    assert.deepEqual(manifest('v2').annotations, {
      'org.opencontainers.image.created': '1970-01-02T00:00:00Z',
      'org.opencontainers.image.revision': revision,
      'org.opencontainers.image.source': 'https://git.example.com/fleet.git',
    });
    await run([address('v3'), 'bots']);
    assert.deepEqual(manifest('v3').annotations, { 'org.opencontainers.image.created': '1970-01-01T00:00:00Z' });
  });

  test('records the branch and commit of a checkout that has no changes', async () => {
    const checkout = join(root, 'checkout');
    mkdirSync(checkout);
    writeFileSync(join(checkout, 'ada.yaml'), BOT);
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: checkout, encoding: 'utf8' }).trim();
    git('init', '--quiet', '--initial-branch=release/1');
    const unborn = await run([address('1', 'unborn'), '.'], { cwd: checkout });
    assert.match(unborn.err, /warning: no revision is recorded: the repository has no commit; --revision says it\n/);
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    git('remote', 'add', 'origin', 'https://robot:hunter2@git.example.com/fleet.git?key=hunter2');
    const commit = git('rev-parse', 'HEAD');
    const recorded = async (repository: string): Promise<unknown> => {
      const { code, err } = await run([address('1', repository), '.'], { cwd: checkout });
      assert.deepEqual([code, err.includes('hunter2'), err.includes('no revision')], [0, false, false]);
      const { 'org.opencontainers.image.revision': revision, 'org.opencontainers.image.source': source } = manifest(
        '1',
        repository,
      ).annotations;
      return [revision, source];
    };
    const source = 'https://git.example.com/fleet.git';
    assert.deepEqual(await recorded('branch'), [`release/1@sha1:${commit}`, source]);
    git('checkout', '--quiet', '--detach');
    assert.deepEqual(await recorded('detached'), [`sha1:${commit}`, source]);
    git('tag', 'v1.2');
    assert.deepEqual(await recorded('tag'), [`v1.2@sha1:${commit}`, source]);

    writeFileSync(join(checkout, 'eve.yaml'), BOT.replace('name: ada', 'name: eve'));
    const changed = await run([address('1', 'changed'), '.'], { cwd: checkout });
    assert.match(changed.err, /no revision is recorded: the repository has changes that are not committed/);
    assert.deepEqual(Object.keys(manifest('1', 'changed').annotations), [
      'org.opencontainers.image.created',
      'org.opencontainers.image.source',
    ]);
    const outside = await run([address('1', 'outside'), '../bots'], { cwd: checkout });
    assert.match(outside.err, /the input is not part of the repository of the working directory/);
  });

  for (const [title, args, message] of [
    ['no place', [], /no place to push to; expected oci:\/\/HOST\/REPOSITORY:TAG/],
    ['no input', ['oci://localhost/a:1'], /no input/],
    ['a file in the place of the address', ['bots', 'oci://localhost/a:1'], /"bots" is no place/],
    ['another scheme', ['https://localhost/a:1', 'bots'], /is no place/],
    ['no repository', ['oci://localhost:5000', 'bots'], /is no place/],
    ['an empty host', ['oci:///a:1', 'bots'], /is no place/],
    ['capital letters', ['oci://localhost/Team/a:1', 'bots'], /is no place .* in lower case/],
    ['a query', ['oci://localhost/a?x=1:1', 'bots'], /is no place/],
    ['no tag', ['oci://localhost:5000/a', 'bots'], /has no tag/],
    ['a tag that is none', ['oci://localhost/a:-1', 'bots'], /"-1" is no tag/],
    ['a digest', [`oci://localhost/a@sha256:${'0'.repeat(64)}`, 'bots'], /names a digest/],
    ['a tag and a digest', [`oci://localhost/a:1@sha256:${'0'.repeat(64)}`, 'bots'], /names a digest/],
    ['credentials', ['oci://ada:hunter2@localhost/a:1', 'bots'], /holds credentials/],
    ['a further tag that is none', ['oci://localhost/a:1', 'bots', '--tag', 'a/b'], /"a\/b" is no tag/],
    ['unknown media types', ['oci://localhost/a:1', 'bots', '--media-types', 'helm'], /expected oci, flux/],
    ['a revision that Flux cannot read', ['oci://localhost/a:1', 'bots', '--revision', 'main/abc'], /"main\/abc" is not in the form/],
    ['a source with a password', ['oci://localhost/a:1', 'bots', '--source', 'https://a:hunter2@example.com/x'], /without credentials/],
    ['a source that is a path', ['oci://localhost/a:1', 'bots', '--source', '/srv/hunter2'], /--source is no address/],
  ] as const) {
    test(`${title} is wrong usage`, async () => {
      await assert.rejects(run(args), (error: unknown) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /hunter2/);
        return true;
      });
    });
  }

  test('a time that is none is wrong usage', async () => {
    await assert.rejects(run([address('v4'), 'bots'], { env: { SOURCE_DATE_EPOCH: 'now' } }), UsageError);
  });
});
