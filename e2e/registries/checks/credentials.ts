/** Registries that ask who comes: with a token server of this process, and with passwords of their own; the configuration is written by crane. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../../cluster/report.ts';
import { imagesOf, lockedImages, pushImages, SIDECAR, writeAgent } from '../agents.ts';
import { openclawGitops } from '../program.ts';
import { pusher } from '../push.ts';
import { startRegistry, type GUARDED } from '../real-registries.ts';
import { byFile, byHelper, passwordAuth, written } from '../sign-ins.ts';
import { PASSWORD, startTokenServer } from '../token-server.ts';

export async function checkTokens(name: (typeof GUARDED)[number], directory: string): Promise<CheckResult> {
  mkdirSync(directory, { recursive: true });
  const tokens = await startTokenServer((pem) => written(directory, 'tokens.pem', pem));
  const server = await startRegistry(name, join(directory, 'registry'), tokens.auth);
  try {
    const { host } = server;
    writeAgent(directory, host);
    const images = await imagesOf(directory, host);
    const pushed = new Map<string, string>();
    for (const image of images) {
      const repository = image.slice(host.length + 1, image.lastIndexOf(':'));
      const push = pusher(host, { authorization: `Bearer ${tokens.token(`repository:${repository}:pull,push`)}` });
      for (const [reference, digest] of await pushImages([image], host, push, 'guarded')) pushed.set(reference, digest);
    }
    tokens.asked.length = 0;
    const asNobody = await openclawGitops(directory, ['lock', 'agents', '--registry', host]);
    assert.equal(asNobody.code, 1);
    // What is public is locked all the same.
    assert.deepEqual(Object.keys(lockedImages(directory)), [`${host}/${SIDECAR}`]);
    assert.equal(asNobody.err.split('needs credentials; "docker login').length, images.length);
    assert.ok(tokens.asked.every(({ isSignedIn }) => !isSignedIn));
    const result = await signedIn(directory, host, pushed);
    assert.ok(tokens.asked.length >= images.length && tokens.asked.at(-1)?.isSignedIn === true);
    return result;
  } finally {
    await server.stop();
    await tokens.stop();
  }
}

export async function checkPasswords(name: (typeof GUARDED)[number], directory: string): Promise<CheckResult> {
  mkdirSync(directory, { recursive: true });
  const server = await startRegistry(name, join(directory, 'registry'), passwordAuth(directory));
  try {
    const { host } = server;
    writeAgent(directory, host);
    const push = pusher(host, { authorization: `Basic ${Buffer.from(`alice:${PASSWORD}`).toString('base64')}` });
    const pushed = await pushImages(await imagesOf(directory, host), host, push, 'guarded');
    assert.equal((await openclawGitops(directory, ['lock', 'agents', '--registry', host])).code, 1);
    return await signedIn(directory, host, pushed);
  } finally {
    await server.stop();
  }
}

/** By the file that crane writes, by a credential helper, and with the wrong password, which no message may repeat. */
async function signedIn(directory: string, host: string, pushed: ReadonlyMap<string, string>): Promise<CheckResult> {
  const lock = (env: Readonly<Record<string, string>>): ReturnType<typeof openclawGitops> =>
    openclawGitops(directory, ['lock', 'agents', '--update', '--registry', host], env);
  const { right, wrong } = await byFile(directory, host);
  const locked = await lock(right);
  assert.deepEqual([locked.code, locked.err], [0, '']);
  assert.deepEqual(lockedImages(directory), Object.fromEntries(pushed));

  const refused = await lock(wrong);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /answers 401/);
  assert.doesNotMatch(refused.err + refused.out, /hunter2|aHVudGVyMg/);

  const helped = await lock(byHelper(directory));
  assert.deepEqual([helped.code, helped.err], [0, '']);
  return { summary: `${pushed.size} images locked by config.json and by a credential helper`, rows: [], failures: [] };
}
