/** What `lock` writes is what crane says, what `render` prints is what can be pulled, and a tag that moves is told. */
import assert from 'node:assert/strict';
import type { CheckResult } from '../../cluster/report.ts';
import { imagesOf, lockedImages, pushImages, SIDECAR, writeAgent } from '../agents.ts';
import { crane, openclawGitops } from '../program.ts';
import { pusher } from '../push.ts';

export async function checkLockAndRender(host: string, directory: string): Promise<CheckResult> {
  writeAgent(directory, host);
  const run = (command: string, ...args: readonly string[]): ReturnType<typeof openclawGitops> =>
    openclawGitops(directory, [command, 'agents', '--registry', host, ...args]);
  const images = await imagesOf(directory, host);
  assert.ok(images.length >= 4 && images.every((image) => image.startsWith(`${host}/`)), images.join(' '));
  const push = pusher(host);
  const pushed = await pushImages(images, host, push, 'first');

  const locked = await run('lock', '--platform', 'linux/amd64');
  assert.deepEqual([locked.code, locked.err], [0, '']);
  assert.deepEqual(lockedImages(directory), Object.fromEntries(pushed));
  for (const [image, digest] of pushed) assert.equal(await crane(directory, ['digest', image]), digest, image);

  const rendered = await run('render', '--strict');
  assert.deepEqual([rendered.code, rendered.err], [0, '']);
  const references = new Set(Array.from(rendered.out.matchAll(/^ +(?:- )?image: (.+)$/gm), ([, reference]) => reference ?? ''));
  assert.deepEqual([...references].sort(), Array.from(pushed, ([image, digest]) => `${image}@${digest}`).sort());
  // By its digest alone, as the kubelet asks for it.
  for (const reference of references) await crane(directory, ['manifest', reference]);

  const [repository = '', tag = ''] = SIDECAR.split(':');
  const moved = (await push.image(repository, tag, 'second')).digest;
  assert.equal((await run('lock', '--check')).code, 0);
  const stale = await run('lock', '--check', '--update');
  assert.deepEqual([stale.code, stale.out.split('\n')[0]], [1, `~ images  ${host}/${SIDECAR}  (agents/ada)`]);
  assert.equal((await run('lock', '--update')).code, 0);
  assert.deepEqual(lockedImages(directory), { ...Object.fromEntries(pushed), [`${host}/${SIDECAR}`]: moved });

  const single = await run('lock', '--update', '--platform', 'linux/arm64');
  assert.equal(single.code, 1);
  assert.match(single.err, /it does not run on linux\/arm64; it runs on linux\/amd64/);
  return { summary: `${images.length} images locked as crane says, rendered with --strict, and pulled by digest`, rows: [], failures: [] };
}
