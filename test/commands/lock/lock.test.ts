import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { UsageError } from '../../../src/commands/command.ts';
import { lockCommand } from '../../../src/commands/lock/lock.ts';
import { renderCommand } from '../../../src/commands/render.ts';
import type { Streams } from '../../../src/commands/streams.ts';
import { fakeRegistry, type FakeRegistry } from '../../adapters/oci-registry/fake-registry.ts';
import { runCommand, type Ran } from '../run-command.ts';

const OPENCLAW = 'openclaw/openclaw:2026.9.6';
const NGINX = 'nginx:1.27-alpine';
const DIGEST = `sha256:${'d'.repeat(64)}`;

function bot(name: string, spec = ''): string {
  return `apiVersion: openclaw.rocks/v1alpha1
kind: OpenClawInstance
metadata: {name: ${name}, namespace: agents}
spec: {image: {tag: 2026.9.6}, envFrom: [{secretRef: {name: keys}}], observability: {metrics: {enabled: false}}${spec === '' ? '' : `, ${spec}`}}
`;
}

describe('lock', () => {
  let root = '';
  let server: FakeRegistry;
  let refusals = 0;
  let digests: Readonly<Record<string, string>> = {};

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'lock-'));
    server = await fakeRegistry({
      auth: 'public',
      first: (response) => {
        if (refusals-- <= 0) return false;
        response.writeHead(429, { 'retry-after': '0' }).end();
        return true;
      },
    });
  });
  after(async () => {
    await server.close();
    rmSync(root, { recursive: true });
  });
  beforeEach(() => {
    rmSync(root, { recursive: true });
    mkdirSync(join(root, 'bots'), { recursive: true });
    put('bots/ada.yaml', bot('ada'));
    server.content.clear();
    server.asked.length = 0;
    refusals = 0;
    digests = Object.fromEntries([OPENCLAW, NGINX].map((image) => [image, push(image, 'first')]));
  });

  const put = (path: string, text: string): void => writeFileSync(join(root, path), text);
  const locked = (directory = 'bots'): string => readFileSync(join(root, directory, 'openclaw.lock.yaml'), 'utf8');
  const push = (image: string, content: string): string => {
    const [repository = '', tag = ''] = image.split(':');
    return server.push(repository, tag, {
      manifests: [{ digest: DIGEST, platform: { os: 'linux', architecture: 'amd64' } }],
      annotations: { content },
    });
  };
  const run = (command: typeof lockCommand, args: readonly string[], streams: Partial<Streams> = {}): Promise<Ran> =>
    runCommand(command, [...args, '--registry', server.host], { cwd: root, env: { DOCKER_CONFIG: join(root, 'no-docker') }, ...streams });
  const lock = (...args: string[]): Promise<Ran> => run(lockCommand, ['bots', ...args]);
  const expected = (
    images: Readonly<Record<string, string>>,
  ): string => `# Written by "openclaw-gitops lock", which keeps no other comments. Commit it; run the command again after a change.
apiVersion: gitops.openclaw.rocks/v1alpha1
kind: OpenClawLock
metadata:
  name: openclaw
images:
${Object.entries(images)
  .map(([image, digest]) => `  ${server.host}/${image}: ${digest}\n`)
  .join('')}`;
  const both = (): string => expected({ [NGINX]: digests[NGINX]!, [OPENCLAW]: digests[OPENCLAW]! });

  test('writes the digest of every image, and rendering uses it and says nothing more', async () => {
    const { code, out, err } = await lock();
    assert.deepEqual([code, err], [0, '']);
    assert.equal(
      out,
      `+ images  ${server.host}/${NGINX}  (agents/ada)\n+ images  ${server.host}/${OPENCLAW}  (agents/ada)\nbots/openclaw.lock.yaml: 2 added\n`,
    );
    assert.equal(locked(), both());
    const rendered = await run(renderCommand, ['bots']);
    assert.deepEqual([rendered.code, rendered.err], [0, '']);
    assert.ok(rendered.out.includes(`image: ${server.host}/${OPENCLAW}@${digests[OPENCLAW]}\n`));
    assert.doesNotMatch(rendered.out, /^ +(?:- )?image: (?!.*@sha256:)/m);
    assert.equal((await run(renderCommand, ['bots/ada.yaml'])).out, rendered.out);
  });

  test('asks nothing and writes nothing when nothing is new, without a network too', async () => {
    await lock();
    const { mtimeMs, ino } = statSync(join(root, 'bots/openclaw.lock.yaml'));
    server.asked.length = 0;
    for (const args of [[], ['--check'], ['--keep-unused']])
      assert.deepEqual(await lock(...args), { code: 0, out: 'bots/openclaw.lock.yaml: up to date\n', err: '' });
    assert.deepEqual(
      [server.asked.length, statSync(join(root, 'bots/openclaw.lock.yaml')).mtimeMs, statSync(join(root, 'bots/openclaw.lock.yaml')).ino],
      [0, mtimeMs, ino],
    );
  });

  test('asks for what is new only, and forgets what is not used any more unless told to keep it', async () => {
    await lock();
    server.asked.length = 0;
    put('bots/ada.yaml', bot('ada').replace('2026.9.6', '2026.9.7'));
    const next = push('openclaw/openclaw:2026.9.7', 'next');
    const kept = await lock('--keep-unused');
    assert.deepEqual(
      [kept.code, locked()],
      [0, expected({ [NGINX]: digests[NGINX]!, [OPENCLAW]: digests[OPENCLAW]!, 'openclaw/openclaw:2026.9.7': next })],
    );
    assert.ok(server.asked.every(({ url }) => url.includes('openclaw')));
    const checked = await lock('--check');
    assert.deepEqual([checked.code, checked.out], [1, `- images  ${server.host}/${OPENCLAW}\nbots/openclaw.lock.yaml: 1 to be removed\n`]);
    assert.equal((await lock()).out, `- images  ${server.host}/${OPENCLAW}\nbots/openclaw.lock.yaml: 1 removed\n`);
    assert.equal(locked(), expected({ [NGINX]: digests[NGINX]!, 'openclaw/openclaw:2026.9.7': next }));
  });

  test('--check tells what is stale, by exit code 1, and writes nothing', async () => {
    assert.deepEqual(await lock('--check'), {
      code: 1,
      out: `+ images  ${server.host}/${NGINX}  (agents/ada)\n+ images  ${server.host}/${OPENCLAW}  (agents/ada)\nbots/openclaw.lock.yaml: 2 to be added\n`,
      err: '',
    });
    assert.deepEqual([readdirSync(join(root, 'bots')), server.asked.length], [['ada.yaml'], 0]);
  });

  test('a tag that moved stays locked until --update, which asks by HEAD first', async () => {
    await lock();
    digests = { ...digests, [NGINX]: push(NGINX, 'second') };
    assert.equal((await lock('--check')).code, 0);
    server.asked.length = 0;
    const checked = await lock('--check', '--update');
    assert.deepEqual(
      [checked.code, checked.out],
      [1, `~ images  ${server.host}/${NGINX}  (agents/ada)\nbots/openclaw.lock.yaml: 1 to be changed\n`],
    );
    const asked = server.asked
      .filter(({ url }) => url.includes('/manifests/'))
      .map(({ method, url, headers }) => (headers.authorization ? `${method} ${url}` : ''));
    assert.deepEqual(asked.filter((line) => line !== '').sort(), [
      `GET /v2/nginx/manifests/1.27-alpine`,
      `HEAD /v2/nginx/manifests/1.27-alpine`,
      `HEAD /v2/openclaw/openclaw/manifests/2026.9.6`,
    ]);
    assert.equal((await lock('--update')).code, 0);
    assert.equal(locked(), both());
  });

  test('what fails is told with its user, and the rest is locked all the same', async () => {
    put(
      'bots/bob.yaml',
      bot('bob', 'sidecars: [{name: side, image: "127.0.0.1:1/absent:1"}, {name: other, image: "127.0.0.1:1/pinned@' + DIGEST + '"}]'),
    );
    server.content.delete(NGINX);
    const { code, out, err } = await lock();
    assert.equal(code, 1);
    assert.equal(
      err,
      `error: "127.0.0.1:1/absent:1", which agents/bob uses, cannot be locked: 127.0.0.1:1 refuses connections (ECONNREFUSED)\n` +
        `error: "${server.host}/${NGINX}", which agents/ada uses, cannot be locked: ${server.host} answers 404 MANIFEST_UNKNOWN for ${NGINX}: there is no such thing\n`,
    );
    assert.equal(out, `+ images  ${server.host}/${OPENCLAW}  (agents/ada)\nbots/openclaw.lock.yaml: 1 added, incomplete\n`);
    assert.equal(locked(), expected({ [OPENCLAW]: digests[OPENCLAW]! }));
  });

  test('a registry that is none of this world, and what is said of it', async () => {
    put('bots/ada.yaml', bot('ada', `registry: "registry.invalid:99999"`));
    const { code, err } = await lock();
    assert.deepEqual([code, err.match(/cannot be locked: registry\.invalid:99999 is no address of a registry\n/g)?.length], [1, 2]);
  });

  test('a failing update leaves what was locked', async () => {
    await lock();
    const before = locked();
    server.content.clear();
    const { code, out } = await lock('--update');
    assert.deepEqual([code, out, locked()], [1, 'bots/openclaw.lock.yaml: not changed, and incomplete\n', before]);
  });

  test('is patient with a registry that counts requests', async () => {
    refusals = 3;
    assert.equal((await lock()).code, 0);
    assert.equal(locked(), both());
  });

  test('--platform refuses an image that does not run there', async () => {
    const { code, err } = await lock('--platform', 'linux/amd64,linux/arm64');
    assert.equal(code, 1);
    assert.match(err, /cannot be locked: it does not run on linux\/arm64; it runs on linux\/amd64\n/);
    assert.equal((await lock('--platform=linux/amd64')).code, 0);
    await assert.rejects(lock('--platform', 'arm64'), UsageError);
  });

  test('brings the file into its usual form, and takes line ends of Windows for none of ours', async () => {
    await lock();
    put('bots/openclaw.lock.yaml', both().replace('# Written', '# My comment, written'));
    assert.equal((await lock('--check')).out, 'bots/openclaw.lock.yaml: up to date\n');
    assert.equal((await lock()).out, 'bots/openclaw.lock.yaml: brought into its usual form\n');
    assert.equal(locked(), both());
    put('bots/openclaw.lock.yaml', both().replaceAll('\n', '\r\n'));
    assert.equal((await lock()).out, 'bots/openclaw.lock.yaml: up to date\n');
    assert.ok(locked().includes('\r'));
  });

  test('says why the file cannot be written', async () => {
    mkdirSync(join(root, 'bots/openclaw.lock.yaml'));
    put('bots/openclaw.lock.yaml/bob.yaml', bot('bob'));
    const { code, out, err } = await lock();
    assert.deepEqual([code, out, err], [1, '', 'error: bots/openclaw.lock.yaml cannot be written (EISDIR)\n']);
  });

  test('as JSON says the same', async () => {
    const { out } = await lock('--output', 'json', '--check');
    assert.deepEqual(JSON.parse(out), {
      file: 'bots/openclaw.lock.yaml',
      status: 'stale',
      changes: [NGINX, OPENCLAW].map((image) => ({
        section: 'images',
        name: `${server.host}/${image}`,
        change: 'added',
        usedBy: 'agents/ada',
      })),
      failures: [],
    });
  });

  test('shows how far it is on a terminal only', async () => {
    const { err } = await run(lockCommand, ['bots'], { isTerminal: true });
    assert.equal(err, `${['0', '1', '2'].map((done) => `\r\u001b[K${done} of 2 settled`).join('')}\r\u001b[K`);
  });

  test('an input that is refused, or a lock that is none, is not locked', async () => {
    put('bots/eve.yaml', bot('eve', 'imag: {}'));
    const refused = await lock();
    assert.deepEqual([refused.code, refused.out], [1, '']);
    assert.match(refused.err, /^bots\/eve\.yaml:4:\d+: error: "imag" is not a field of spec/);
    rmSync(join(root, 'bots/eve.yaml'));
    put('bots/openclaw.lock.yaml', '<<<<<<< ours\n');
    const broken = await lock();
    assert.deepEqual([broken.code, broken.out], [1, '']);
    assert.match(broken.err, /^bots\/openclaw\.lock\.yaml:1:/);
    assert.equal(locked(), '<<<<<<< ours\n');
  });

  test('does not mind a conflict with the old lock, and not the lock of a directory above', async () => {
    put('openclaw.lock.yaml', expected({ [NGINX]: DIGEST }));
    put('bots/ada.yaml', bot('ada').replace('tag: 2026.9.6', `tag: 2026.9.6, digest: "${DIGEST}"`));
    assert.equal((await lock()).code, 0);
    assert.equal(locked(), expected({ [NGINX]: digests[NGINX]! }));
    assert.equal(locked('.'), expected({ [NGINX]: DIGEST }));
  });

  test('makes no file where there is nothing to lock', async () => {
    put('bots/ada.yaml', bot('ada', 'gateway: {enabled: false}').replace('tag: 2026.9.6', `digest: "${DIGEST}"`));
    assert.deepEqual(await lock(), { code: 0, out: 'bots/openclaw.lock.yaml: up to date\n', err: '' });
    assert.deepEqual(readdirSync(join(root, 'bots')), ['ada.yaml']);
  });

  for (const args of [['bots/ada.yaml'], ['-'], ['absent'], ['bots', 'bots']]) {
    test(`${args.join(' ')} is no directory to lock: wrong usage`, async () => {
      await assert.rejects(run(lockCommand, args), UsageError);
    });
  }
});
