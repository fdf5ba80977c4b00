/** Checks of what is rendered against the lock: every image should say by digest which bytes run. */
import type { Diagnostic, Location } from '../diagnostics/diagnostic.ts';
import { LOCK_FILE } from '../lib/lock-file.ts';
import type { Lock } from '../resolve/lock.ts';

/** Rules about what `openclaw-gitops lock` itself repairs: nothing to hold against the input while it does. */
export const SETTLED_BY_LOCK: ReadonlySet<string> = new Set([
  'lock-conflict',
  'lock-incomplete',
  'lock-missing',
  'pack-mismatch',
  'pack-not-locked',
  'pack-unusable',
  'package-unpinned',
]);

export interface LockContext {
  /** Where what concerns all of it is told. */
  readonly wholeInput: Location;
  readonly lock: Lock | null;
  /** Images without a digest in what is rendered; read as far as needed, since finding them costs a composition each. */
  readonly unpinned: Iterable<UnpinnedImage>;
}

export interface UnpinnedImage {
  readonly image: string;
  /** The first instance that runs it, as `namespace/name`. */
  readonly instance: string;
}

export function checkLock({ wholeInput, lock, unpinned }: LockContext): Diagnostic[] {
  if (lock === null) return missingLock(wholeInput, unpinned);
  return Array.from(unpinned, ({ image, instance }): Diagnostic => ({
    severity: 'warning',
    rule: 'lock-incomplete',
    message: `"${image}", which ${instance} runs, has no digest here; expected one`,
    hint: 'run "openclaw-gitops lock" on the directory that is rendered, with the flags that it is rendered with',
    location: lock.source.locate(['images']),
  }));
}

/** One message for all images, at the head of the input: there is no line to repair. */
function missingLock(wholeInput: Location, unpinned: Iterable<UnpinnedImage>): Diagnostic[] {
  if (unpinned[Symbol.iterator]().next().done === true) return [];
  return [
    {
      severity: 'warning',
      rule: 'lock-missing',
      message: `there is no ${LOCK_FILE}, so that tags decide which images run; expected their digests`,
      hint: 'run "openclaw-gitops lock" on the directory that is rendered, and commit what it writes',
      location: wholeInput,
    },
  ];
}
