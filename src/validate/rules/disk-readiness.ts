import { parseQuantity } from '../../lib/quantity.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** POD-127: the operator falls back to 64Mi without a word. */
export const diskReadiness: Rule = {
  id: 'disk-readiness',
  severity: 'error',
  summary: 'The disk readiness check has a path or an amount that it cannot use.',
  hint: 'write an absolute path, and a quantity such as "64Mi" that is smaller than the volume',
  check({ instance: { spec }, resolved: { storage } }: RuleContext) {
    const disk = spec.probes?.diskReadiness;
    if (disk === undefined) return [];
    const path = ['spec', 'probes', 'diskReadiness'];
    const findings: Finding[] = [];
    const directory = disk.path ?? '';
    if (directory !== '' && !directory.startsWith('/')) {
      findings.push({
        path: [...path, 'path'],
        message: `${safelyQuoted(directory)} is not an absolute path; expected one that starts with "/"`,
      });
    }
    const minFree = disk.minFree ?? '';
    if (minFree === '') return findings;
    const free = parseQuantity(minFree);
    const size = parseQuantity(storage.size);
    if (free === null || free < 0n) {
      findings.push({
        path: [...path, 'minFree'],
        message: `${safelyQuoted(minFree)} is no amount of storage; expected a form such as "64Mi"`,
      });
    } else if (storage.rendersClaim && size !== null && size > 0n && free >= size) {
      findings.push({
        path: [...path, 'minFree'],
        message: `${safelyQuoted(minFree)} is never free on a volume of ${safelyQuoted(storage.size)}; expected less`,
      });
    }
    return findings;
  },
};
