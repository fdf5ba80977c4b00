import { LOCK_FILE, VENDORED_DIRECTORY } from '../../lib/lock-file.ts';
import { PACK_PREFIX } from '../../lib/pack-reference.ts';
import { packageNameProblem } from '../package-name.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { skillPlaces } from '../skill-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** ARD-315, W-37: rendering fetches nothing, so what is not there must not look like a pack without files. */
export const packNotLocked: Rule = {
  id: 'pack-not-locked',
  severity: 'error',
  summary: 'A skill pack is not in the lock, or its files are not beside it.',
  hint: 'run "openclaw-gitops lock" on the directory that is rendered, and commit what it writes',
  check({ instance, lock, lockIsReadable }: RuleContext) {
    if (!lockIsReadable) return [];
    const findings: Finding[] = [];
    for (const { name, path } of skillPlaces(instance.spec)) {
      if (!name.startsWith(PACK_PREFIX) || packageNameProblem(name, 'skill') !== null) continue;
      const kind = lock === null ? 'no-lock' : lock.packs.find(name).kind;
      if (kind === 'no-lock')
        findings.push({ path, message: `there is no ${LOCK_FILE} with ${safelyQuoted(name)}; expected its commit and files there` });
      if (kind === 'not-locked')
        findings.push({ path, message: `the lock does not have ${safelyQuoted(name)}; expected its commit and files there` });
      if (kind === 'not-vendored')
        findings.push({
          path,
          message: `the lock has ${safelyQuoted(name)}, but the input has no files of it; expected them in ${VENDORED_DIRECTORY}`,
        });
    }
    return findings;
  },
};
