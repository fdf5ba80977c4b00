import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

const DENIED = /\b(EACCES|EPERM|EROFS|ENOENT|ENOSPC)\b/;
/** Versions before 2026.9 want to keep a copy of a good configuration beside it; they go on without. */
const HARMLESS = /last-known-good/;

/** The gateway never tried to write where it may not: a wrong environment variable shows here, long before a user misses a file. */
export const quietLog: Check = {
  id: 'quiet-log',
  run: async (agent) => {
    const lines = agent.pod.container('openclaw').log().split('\n');
    assert.deepEqual(lines.filter((line) => DENIED.test(line) && !HARMLESS.test(line)).slice(0, 5), []);
  },
};
