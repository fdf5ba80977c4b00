const FIRST_MS = 500;
const CAP_MS = 15_000;

/** How long to wait before attempt `attempt` (the first retry is 1): doubling up to a cap, at least what the server asked for, never past the deadline. */
export function backOffMs(attempt: number, retryAfterSeconds: number | null, leftMs: number): number {
  const doubling = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 16));
  return Math.min(Math.max(doubling, (retryAfterSeconds ?? 0) * 1000), Math.max(leftMs, 0));
}
