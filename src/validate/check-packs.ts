/** Checks of the vendored skill packs: once a pack, however many agents use it. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceObject } from '../parse/source.ts';
import type { Lock } from '../resolve/lock.ts';

/** Takes objects that passed their schemas. What the lock does not name is not used. */
export function checkPacks(lock: Lock | null, packs: readonly SourceObject[]): Diagnostic[] {
  if (lock === null) return [];
  return packs.flatMap((object): Diagnostic[] => {
    const pack = lock.packs.find(String(object.value['pack']));
    if (pack.kind === 'mismatch') {
      return pack.mismatches.map(({ path, part, message }) => ({
        severity: 'error',
        rule: 'pack-mismatch',
        message,
        hint: 'run "openclaw-gitops lock" on the directory that is rendered, and review what changes',
        location: object.locate(path, part),
      }));
    }
    if (pack.kind !== 'unusable') return [];
    return pack.problems.map((message) => ({
      severity: 'error',
      rule: 'pack-unusable',
      message,
      hint: 'have the pack repaired and run "openclaw-gitops lock", or name another revision of it',
      location: object.locate(['pack']),
    }));
  });
}
