import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Settled } from '../../../src/commands/lock/section.ts';
import { settlePackages } from '../../../src/commands/lock/settle-packages.ts';
import { testServer, type TestServer } from '../../adapters/test-server.ts';

/** One file of a tar archive. */
function tarFile(path: string, content: string, type = '0'): Buffer {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write(Buffer.byteLength(content).toString(8).padStart(11, '0'), 124);
  header.write(type, 156);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - (Buffer.byteLength(content) % 512)) % 512)]);
}

function archive(...files: readonly Buffer[]): Buffer {
  return gzipSync(Buffer.concat([...files, Buffer.alloc(1024)]));
}

const PLUGIN = archive(tarFile('package/package.json', '{}'), tarFile('package/openclaw.plugin.json', '{"id": "voice"}'));
const OTHER = archive(tarFile('package/deep/openclaw.plugin.json', '{"id": "wrong"}'), tarFile('package/openclaw.plugin.json', 'x', '2'));
const integrity = (bytes: Buffer): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
const SHA256 = 'ab'.repeat(32);

let server: TestServer;
let home: string;
before(async () => {
  home = mkdtempSync(join(tmpdir(), 'lock-packages-'));
  server = await testServer((response, { url, headers }) => answer(response, url, headers.authorization));
  writeFileSync(join(home, '.npmrc'), `registry=http://${server.host}/npm/\n//${server.host}/npm/:_authToken=npm-secret\n`);
});
after(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

function answer(response: ServerResponse, url: string, authorization: string | undefined): void {
  const reply = (status: number, body: unknown): void => {
    response.writeHead(status).end(Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body));
  };
  const dist = (bytes: Buffer, name: string, digest = integrity(bytes)): unknown => ({
    dist: { integrity: digest, tarball: `http://${server.host}/npm/${name}.tgz` },
  });
  const documents: Readonly<Record<string, unknown>> = {
    '/npm/fetch': {
      'dist-tags': { latest: '1.2.3' },
      versions: { '1.2.3': { dist: { integrity: `sha1-x ${integrity(PLUGIN)}` } }, '1.3.0': {} },
    },
    '/npm/@team%2fvoice': { 'dist-tags': { latest: '2.0.0' }, versions: { '2.0.0': dist(PLUGIN, 'voice') } },
    '/npm/voice.tgz': PLUGIN,
    '/npm/plain': { 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': dist(OTHER, 'plain') } },
    '/npm/plain.tgz': OTHER,
    '/npm/forged': { 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': dist(PLUGIN, 'plain') } },
    '/npm/odd': '<html>',
    '/npm/empty': {},
    '/hub/api/v1/skills/fetch': { skill: { slug: 'fetch', tags: { beta: '2.0.0' } }, latestVersion: { version: '1.4.0' } },
    '/hub/api/v1/skills/fetch?ownerHandle=team': {
      skill: { slug: 'fetch' },
      latestVersion: { version: '3.0.0' },
      moderation: { isSuspicious: true },
    },
    '/hub/api/v1/skills/unreleased': { skill: { slug: 'unreleased' }, latestVersion: null },
    '/hub/api/v1/skills/odd': { skill: { slug: 'odd' }, latestVersion: { version: 'newest' } },
    '/hub/api/v1/packages/voice': { package: { latestVersion: '5.0.0', runtimeId: 'voice-call', tags: { beta: '6.0.0' } } },
    '/hub/api/v1/packages/voice/versions/5.0.0': {
      version: { version: '5.0.0', artifact: { kind: 'npm-pack', npmIntegrity: integrity(PLUGIN) } },
    },
    '/hub/api/v1/packages/voice/versions/6.0.0': { version: { version: '6.0.0', artifact: { kind: 'legacy-zip', sha256: SHA256 } } },
    '/hub/api/v1/packages/%40team%2Fbare': { package: { tags: { latest: '1.0.0' } } },
    '/hub/api/v1/packages/%40team%2Fbare/versions/1.0.0': {},
  };
  if (url.startsWith('/npm/') && authorization !== 'Bearer npm-secret') return reply(401, '');
  if (url.startsWith('/hub/') && authorization !== 'Bearer hub-secret') return reply(401, '');
  if (url === '/npm/busy') return reply(503, '');
  return Object.hasOwn(documents, url) ? reply(200, documents[url]) : reply(404, '');
}

function settle(kind: 'skill' | 'plugin', names: readonly string[], env: Record<string, string> = {}): Promise<readonly Settled[]> {
  const questions = names.map((name) => ({ name, previous: undefined }));
  const surroundings = {
    env: { HOME: home, CLAWHUB_URL: `http://${server.host}/hub/`, CLAWHUB_TOKEN: 'hub-secret', ...env },
    onSettled: () => undefined,
    onWait: () => undefined,
  };
  return settlePackages(kind)(questions, surroundings, { attempts: 2, firstWaitMilliseconds: 1 });
}

async function settleOne(kind: 'skill' | 'plugin', name: string, env: Record<string, string> = {}): Promise<Settled> {
  return (await settle(kind, [name], env))[0] as Settled;
}

const LOCKED: readonly (readonly ['skill' | 'plugin', string, object, string | null])[] = [
  ['skill', 'npm:fetch', { version: '1.2.3', integrity: integrity(PLUGIN) }, null],
  ['skill', 'npm:fetch@1.3.0', { version: '1.3.0' }, null],
  ['plugin', 'npm:@team/voice', { version: '2.0.0', integrity: integrity(PLUGIN), id: 'voice' }, null],
  [
    'plugin',
    'npm:plain@latest',
    { version: '1.0.0', integrity: integrity(OTHER) },
    'its archive does not say under which id OpenClaw knows it',
  ],
  ['skill', 'fetch', { version: '1.4.0' }, null],
  ['skill', '@fetch', { version: '1.4.0' }, null],
  ['skill', 'fetch@beta', { version: '2.0.0' }, null],
  ['skill', 'whatever@7.0.1', { version: '7.0.1' }, null],
  ['skill', '@team/fetch', { version: '3.0.0' }, 'ClawHub calls it suspicious'],
  ['skill', 'team/fetch', { version: '3.0.0' }, 'ClawHub calls it suspicious'],
  ['plugin', 'voice', { version: '5.0.0', integrity: integrity(PLUGIN), id: 'voice-call' }, null],
  [
    'plugin',
    'voice@beta',
    { version: '6.0.0', integrity: `sha256-${Buffer.from(SHA256, 'hex').toString('base64')}`, id: 'voice-call' },
    null,
  ],
  ['plugin', '@team/bare', { version: '1.0.0' }, null],
];

for (const [kind, name, locked, remark] of LOCKED) {
  test(`${kind} ${name} is locked`, async () => {
    assert.deepEqual(await settleOne(kind, name), { name, entry: locked, problem: null, remarks: remark === null ? [] : [remark] });
  });
}

const REFUSED: readonly (readonly ['skill' | 'plugin', string, RegExp])[] = [
  ['skill', 'npm:absent', /has no package "absent", or not for these credentials$/],
  ['skill', 'npm:fetch@9', /has no release "9" of "fetch"$/],
  ['skill', 'npm:empty', /has no release "latest" of "empty"$/],
  ['skill', 'npm:odd', /answers with something that is no package$/],
  ['skill', 'npm:../x', /^npm has no packages with the name "\.\.\/x"$/],
  ['skill', 'npm:busy', /answers with status 503 for "busy"$/],
  ['plugin', 'npm:forged', /hands out an archive that does not have the integrity of its release$/],
  ['skill', 'absent', /has no "absent"$/],
  ['skill', 'fetch@gamma', /has no release "gamma" of "fetch"$/],
  ['skill', 'unreleased', /has no release "latest" of "unreleased"$/],
  ['skill', 'odd', /has no release "latest" of "odd"$/],
  ['skill', '@a/b/c', /^ClawHub has no skills with the name "@a\/b\/c"/],
  ['plugin', 'absent', /has no "absent"$/],
  ['plugin', 'voice@4.0.0', /has no "voice@4\.0\.0"$/],
];

for (const [kind, name, message] of REFUSED) {
  test(`${kind} ${name} is refused`, async () => {
    const { entry, problem } = await settleOne(kind, name);
    assert.equal(entry, null);
    assert.match(problem ?? '', message);
  });
}

test('one failure keeps the others, in the order of the questions', async () => {
  const settled = await settle('skill', ['absent', 'fetch', 'npm:absent', 'npm:fetch']);
  assert.deepEqual(
    settled.map(({ name, entry }) => [name, entry !== null]),
    [
      ['absent', false],
      ['fetch', true],
      ['npm:absent', false],
      ['npm:fetch', true],
    ],
  );
});

test('settings of npm that cannot be read are a problem of what is of npm', async () => {
  const settled = await settle('skill', ['fetch', 'npm:fetch'], { npm_config_userconfig: home });
  assert.deepEqual(
    settled.map(({ problem }) => problem),
    [null, 'the npm configuration cannot be read (EISDIR)'],
  );
});

test('P6 no secret is in a message', async () => {
  const problems = [
    await settleOne('skill', 'fetch', { CLAWHUB_TOKEN: 'wrong-secret' }),
    await settleOne('skill', 'npm:fetch', { [`npm_config_//${server.host}/npm/:_authToken`]: 'wrong-secret' }),
    await settleOne('skill', 'fetch', { CLAWHUB_URL: 'http://user:wrong-secret@127.0.0.1:1' }),
    await settleOne('skill', 'npm:fetch', { npm_config_registry: 'ftp://user:wrong-secret@127.0.0.1:1' }),
  ].map(({ problem }) => problem ?? '');
  assert.match(problems[1] ?? '', /wants other credentials for "fetch" \(status 401\)/);
  for (const problem of problems) {
    assert.notEqual(problem, '');
    assert.doesNotMatch(problem, /secret/);
  }
});
