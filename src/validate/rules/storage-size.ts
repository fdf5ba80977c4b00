import { parseQuantity } from '../../lib/quantity.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { patterns, specPlaces } from '../spec-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const SIZES = patterns('storage.persistence.size', 'chromium.persistence.size', 'ollama.storage.sizeLimit');

export const storageSize: Rule = {
  id: 'storage-size',
  severity: 'error',
  summary: 'A volume would have no room at all.',
  hint: 'leave the size out, or name one such as "10Gi"',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const { path, value } of specPlaces(spec, SIZES)) {
      const text = String(value);
      if (text === '' || parseQuantity(text) !== 0n) continue;
      findings.push({ path, message: `${safelyQuoted(text)} is no room for anything; expected a size such as "10Gi"` });
    }
    return findings;
  },
};
