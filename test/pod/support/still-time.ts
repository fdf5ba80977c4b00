import type { Log } from '../../../src/pod/log.ts';

export interface StillTime {
  /** What was logged; a warning says so. */
  readonly lines: string[];
  /** What each pause was asked to be. */
  readonly pauses: number[];
  readonly log: Log;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
}

/** A log that is kept, and a clock that only pauses move: they take no time, so that minutes pass in milliseconds. */
export function stillTime(): StillTime {
  const lines: string[] = [];
  const pauses: number[] = [];
  let clockMs = 0;
  return {
    lines,
    pauses,
    log: { did: (line) => lines.push(line), warn: (line) => lines.push(`warning: ${line}`) },
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
      clockMs += milliseconds;
    },
    now: () => clockMs,
  };
}
