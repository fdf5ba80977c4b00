import { parseCidr, covers } from '../../lib/cidr.ts';
import type { Path } from '../../parse/source.ts';
import { annotatedIngressCidrs } from '../../resolve/gateway.ts';
import { INSTANCE_ANNOTATIONS } from '../../resolve/instance.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { patterns, specPlaces } from '../spec-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const LISTED = patterns('security.networkPolicy.allowedIngressCIDRs.*', 'security.networkPolicy.allowedEgressCIDRs.*');
const BLOCKS = patterns('security.networkPolicy.additionalEgress.*.to.*.ipBlock');

interface IpBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

export const cidrSyntax: Rule = {
  id: 'cidr-syntax',
  severity: 'error',
  summary: 'An address range is not in CIDR form, or an exception lies outside its range.',
  hint: 'write ranges as "10.0.0.0/8" or "fd00::/8", one address as "10.0.0.1/32"',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    const check = (text: string, path: Path): void => {
      if (parseCidr(text) === null)
        findings.push({ path, message: `${safelyQuoted(text)} is not an address range; expected a form such as "10.0.0.0/8"` });
    };
    for (const { path, value } of specPlaces(instance.spec, LISTED)) check(value as string, path);
    for (const { path, value } of specPlaces(instance.spec, BLOCKS)) {
      const { cidr, except = [] } = value as unknown as IpBlock;
      check(cidr, [...path, 'cidr']);
      const outer = parseCidr(cidr);
      for (const [index, text] of except.entries()) {
        const inner = parseCidr(text);
        if (inner === null || outer === null) check(text, [...path, 'except', index]);
        else if (!covers(outer, inner) || outer.prefix === inner.prefix) {
          findings.push({
            path: [...path, 'except', index],
            message: `${safelyQuoted(text)} is not a part of ${safelyQuoted(cidr)}; expected a smaller range inside it`,
          });
        }
      }
    }
    for (const cidr of annotatedIngressCidrs(instance)) check(cidr, ['metadata', 'annotations', INSTANCE_ANNOTATIONS.ingressCidrs]);
    return findings;
  },
};
