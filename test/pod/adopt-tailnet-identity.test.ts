import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { adoptTailnetIdentity } from '../../src/pod/adopt-tailnet-identity/adopt-tailnet-identity.ts';
import { PLAN_SCHEMA } from '../../src/lib/pod-plan.ts';
import { fill, scratch, testFileSystem, treeOf, type Wanted } from './support/volume.ts';

/** As a kubelet lays a Secret out, with what Tailscale and its entry point keep there. */
const SECRET: Wanted = {
  '..2026/_machinekey': 'privkey:ab',
  '..2026/_current-profile': 'profile-ab6c',
  '..2026/_profiles': '{"ab6c":{}}',
  '..2026/profile-ab6c': Buffer.from([0, 255, 10]).toString('latin1'),
  '..2026/_serve_ab6c': '{}',
  '..2026/device_fqdn': 'ada.tail1234.ts.net.',
  '..2026/ada.tail1234.ts.net.key': 'PEM',
  '..data': { link: '..2026' },
  ...Object.fromEntries(
    ['_machinekey', '_current-profile', '_profiles', 'profile-ab6c', '_serve_ab6c', 'device_fqdn', 'ada.tail1234.ts.net.key'].map((key) => [
      key,
      { link: `..data/${key}` },
    ]),
  ),
};

async function adopted(
  t: TestContext,
  secret: Wanted,
  { state, podName = 'ada-0' }: { state?: string; podName?: string } = {},
): Promise<{ root: string; lines: string[] }> {
  const root = await scratch(t);
  await fill(root, { secret: null, state: null });
  await fill(join(root, 'secret'), secret);
  if (state !== undefined) await fill(root, { 'state/tailscaled.state': state });
  const lines: string[] = [];
  const log = { did: (line: string) => void lines.push(line), warn: (line: string) => void lines.push(line) };
  const context = { fs: testFileSystem, log, uid: process.geteuid?.() ?? -1 };
  const plan = { schema: PLAN_SCHEMA, secret: join(root, 'secret'), state: join(root, 'state/tailscaled.state') } as const;
  await adoptTailnetIdentity(context, plan, podName);
  return { root, lines };
}

describe('adopt-tailnet-identity', () => {
  test('POD-151 P5 the keys of the state become the file that a daemon reads, and nothing else does', async (t) => {
    const { root, lines } = await adopted(t, SECRET);
    const file = join(root, 'state/tailscaled.state');
    const state = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
    const decoded = Object.fromEntries(Object.entries(state).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]));
    assert.deepEqual(decoded, {
      '_current-profile': 'profile-ab6c',
      _machinekey: 'privkey:ab',
      _profiles: '{"ab6c":{}}',
      'profile-ab6c': Buffer.from(Buffer.from([0, 255, 10]).toString('latin1')).toString('utf8'),
    });
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.equal(lines.length, 1);
    assert.ok(!lines.join().includes('privkey'));
  });

  test('an identity on the volume stays', async (t) => {
    const { root, lines } = await adopted(t, SECRET, { state: 'mine' });
    assert.equal(await readFile(join(root, 'state/tailscaled.state'), 'utf8'), 'mine');
    assert.deepEqual(lines, []);
  });

  test('another replica than the first is another machine', async (t) => {
    const { root, lines } = await adopted(t, SECRET, { podName: 'ada-1' });
    assert.deepEqual([(await treeOf(join(root, 'state'))).length, lines], [1, []]);
  });

  test('there is nothing to take over', async (t) => {
    for (const secret of [{}, { '_current-profile': 'profile-ab6c' }] as Wanted[]) {
      const { root, lines } = await adopted(t, secret);
      assert.deepEqual([(await treeOf(join(root, 'state'))).length, lines], [1, []]);
    }
  });
});
