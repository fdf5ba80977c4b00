/** A registry that counts requests: what it asks to wait for is waited for, and what takes too long is told. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../../cluster/report.ts';
import { imagesOf, lockedImages, pushImages, writeAgent } from '../agents.ts';
import { rateLimit, startFront } from '../front.ts';
import { openclawGitops } from '../program.ts';
import { pusher } from '../push.ts';

export async function checkRateLimits(host: string, directory: string): Promise<CheckResult> {
  const front = await startFront(host, { instead: rateLimit(2) });
  const spent = await startFront(host, {
    instead: (_request, response) => {
      response.writeHead(429, { 'retry-after': '21600' }).end('{"errors":[{"code":"TOOMANYREQUESTS"}]}');
      return true;
    },
  });
  try {
    writeAgent(directory, front.host);
    const images = await imagesOf(directory, front.host);
    const pushed = await pushImages(images, front.host, pusher(host), 'limited');
    const start = performance.now();
    const locked = await openclawGitops(directory, ['lock', 'agents', '--registry', front.host]);
    const seconds = (performance.now() - start) / 1000;
    assert.deepEqual([locked.code, locked.err], [0, '']);
    assert.deepEqual(lockedImages(directory), Object.fromEntries(pushed));
    const refused = front.seen.filter(({ status }) => status === 429).length;
    assert.ok(refused > 0, 'nothing was refused');

    const other = join(directory, 'other');
    writeAgent(other, spent.host);
    const failed = await openclawGitops(other, ['lock', 'agents', '--registry', spent.host]);
    assert.equal(failed.code, 1);
    for (const line of failed.err.trim().split('\n'))
      assert.match(
        line,
        /cannot be locked: \S+ answers 429 TOOMANYREQUESTS for \S+: it was asked too often; try again in 21600 s, or with credentials$/,
      );
    assert.equal(existsSync(join(other, 'agents/openclaw.lock.yaml')), false);
    return {
      summary: `${refused} of ${front.seen.length} requests turned away, locked in ${seconds.toFixed(1)} s`,
      rows: [],
      failures: [],
    };
  } finally {
    await front.stop();
    await spent.stop();
  }
}
