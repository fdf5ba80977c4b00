import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inParallel } from '../../src/lib/in-parallel.ts';

test('work in parallel keeps its order and its limit', async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([5, 1, 4, 2, 3], 2, async (milliseconds) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    running -= 1;
    return milliseconds * 2;
  });
  assert.deepEqual([results, most], [[10, 2, 8, 4, 6], 2]);
  assert.deepEqual(await inParallel([], 3, () => Promise.resolve(1)), []);
});
