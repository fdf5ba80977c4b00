import { Failure } from '../failure.ts';
import { type Log, quote } from '../log.ts';
import type { Entry } from './file-system.ts';

/** Something stands where prepare needs something else, and removing it is not ours to decide. */
export function inTheWay(path: string, found: Entry['kind'] | null, expected: string): Failure {
  return new Failure(
    `found ${found === null ? 'nothing' : `a ${found}`} at ${quote(path)}, expected ${expected}`,
    found === null ? undefined : 'move it away',
  );
}

/** Says that the agent's own arrangement of its files won over the plan. */
export function leaveAlone(log: Log, what: string, path: string, obstacle: string): void {
  log.warn(`did not ${what} ${quote(path)}: ${quote(obstacle)} was arranged by the agent and is left alone`);
}
