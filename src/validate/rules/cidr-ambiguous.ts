import { parseCidr } from '../../lib/cidr.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { patterns, specPlaces } from '../spec-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const BLOCK = 'security.networkPolicy.additionalEgress.*.to.*.ipBlock';
const RANGES = patterns(
  'security.networkPolicy.allowedIngressCIDRs.*',
  'security.networkPolicy.allowedEgressCIDRs.*',
  `${BLOCK}.cidr`,
  `${BLOCK}.except.*`,
);

/** What the range says beside its network; null when it says nothing more. */
function ambiguity(text: string): string | null {
  const range = parseCidr(text);
  if (range === null) return null;
  const bits = range.version === 6 ? 128 : 32;
  if (range.version === 6 && range.prefix >= 96 && range.base >> 32n === 0xffffn) return 'holds addresses of IPv4 in the form of IPv6';
  const address = parseCidr(`${text.slice(0, text.indexOf('/'))}/${bits}`);
  return address?.base === range.base ? null : `names an address and the ${range.prefix} bits of its network`;
}

/** The API server warns of both, and later releases may refuse them: Kubernetes 1.33, `StrictIPCIDRValidation`. */
export const cidrAmbiguous: Rule = {
  id: 'cidr-ambiguous',
  severity: 'warning',
  summary: 'An address range can be read in two ways.',
  hint: 'write the first address of the range, as in "10.0.0.0/8", or one address, as in "10.1.2.3/32"',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { path, value } of specPlaces(instance.spec, RANGES)) {
      const found = ambiguity(String(value));
      if (found !== null) findings.push({ path, message: `${safelyQuoted(String(value))} ${found}; expected the range alone` });
    }
    return findings;
  },
};
