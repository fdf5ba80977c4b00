import { coverEverything } from '../../lib/cidr-cover.ts';
import { addressBlock } from '../../lib/ip-address.ts';
import { opensAddress, opensPort } from '../egress.ts';
import type { NetworkPolicyEgressRule } from '../../kube/types.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** Where clouds hand a machine's credentials to whoever asks. */
const METADATA_ADDRESSES = ['169.254.169.254', 'fd00:ec2::254'].flatMap((address) => addressBlock(address) ?? []);
/** The metadata service's port and the one that most of a private network answers on; mail or SSH to everywhere is a usual wish. */
const PORTS = [80, 443];

const POLICY = ['spec', 'security', 'networkPolicy'];
const EXPECTED = 'expected the addresses that the agent needs';

/** True for a rule that leads everywhere, the metadata service included; one that names that address alone is meant. */
function leadsEverywhere({ to = [] }: NetworkPolicyEgressRule): boolean {
  if (to.length === 0) return true;
  if (!coverEverything(to.flatMap(({ ipBlock }) => (ipBlock === undefined ? [] : [ipBlock.cidr])))) return false;
  return to.some((peer) => METADATA_ADDRESSES.some((address) => opensAddress(peer, address)));
}

export const egressOpen: Rule = {
  id: 'egress-open',
  severity: 'warning',
  summary: "The NetworkPolicy lets the agent reach every address, private networks and the cloud's metadata service among them.",
  hint: 'name ranges and ports; for the whole internet use "ipBlock" with private and link-local ranges under "except"',
  check({ resolved: { networkPolicy } }: RuleContext) {
    if (!networkPolicy.enabled) return [];
    const findings: Finding[] = [];
    for (const [index, rule] of networkPolicy.additionalEgress.entries()) {
      if (!leadsEverywhere(rule) || !PORTS.some((port) => opensPort(rule, port))) continue;
      const ports = (rule.ports ?? []).length === 0 ? 'on every port' : 'on the ports of the web';
      findings.push({
        path: [...POLICY, 'additionalEgress', index],
        message: `the rule opens every address ${ports}, also the cloud's metadata service; ${EXPECTED}`,
      });
    }
    if (coverEverything(networkPolicy.egressCidrs)) {
      findings.push({
        path: [...POLICY, 'allowedEgressCIDRs'],
        message: `"allowedEgressCIDRs" opens every address on every port, also the cloud's metadata service; ${EXPECTED}`,
      });
    }
    return findings;
  },
};
