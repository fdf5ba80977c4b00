/** Follows one model's pull: says how far it is, now and then, and knows whether it gets anywhere. */
import { type Log, quote } from '../log.ts';
import type { PullEvent } from './ollama-api.ts';

const SAY_EVERY_MS = 15_000;
const MEBIBYTE = 1024 * 1024;
/** Far more layers than a model has; what remembers them must stay small. */
const LAYERS = 1000;

export interface Progress {
  /** Takes one line of the stream. */
  readonly take: (event: PullEvent) => void;
  /** When the stream last said something new, by the clock given: a step, or another number of bytes. */
  readonly lastNewsMs: () => number;
  /** True once more bytes of a layer are there than ever before. Asking resets it. */
  readonly gained: () => boolean;
}

export function progressOf(model: string, log: Log, now: () => number): Progress {
  const most = new Map<string, number>();
  let lastNewsMs = now();
  let lastSaidMs = -Infinity;
  let lastLine = '';
  let hasGained = false;

  function takeLayer(digest: string, completed: number, total: number): void {
    const before = most.get(digest);
    if (before === undefined && most.size >= LAYERS) most.clear();
    if (completed > (before ?? 0)) hasGained = true;
    most.set(digest, Math.max(before ?? 0, completed));
    const isDone = completed >= total && (before ?? 0) < total;
    if (!isDone && now() - lastSaidMs < SAY_EVERY_MS) return;
    lastSaidMs = now();
    log.did(`model ${quote(model)}: ${mebibytes(completed)} of ${mebibytes(total)} MiB of ${quote(digest.slice(0, 19))}`);
  }

  return {
    take({ status = '', digest, completed = 0, total = 0 }) {
      const line = JSON.stringify([status, digest, completed]);
      if (line !== lastLine) lastNewsMs = now();
      if (digest !== undefined) takeLayer(digest, completed, total);
      else if (line !== lastLine) log.did(`model ${quote(model)}: ${quote(status.slice(0, 100))}`);
      lastLine = line;
    },
    lastNewsMs: () => lastNewsMs,
    gained() {
      const answer = hasGained;
      hasGained = false;
      return answer;
    },
  };
}

function mebibytes(bytes: number): string {
  return (bytes / MEBIBYTE).toFixed(bytes < 10 * MEBIBYTE ? 1 : 0);
}
