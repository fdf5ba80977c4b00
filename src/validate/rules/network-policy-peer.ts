import type { NetworkPolicyEgressRule } from '../../generated/openclaw-instance.ts';
import { isDnsLabel, isPortName } from '../../kube/name-syntax.ts';
import { annotatedList, INSTANCE_ANNOTATIONS } from '../../resolve/instance.ts';
import type { Path } from '../../parse/source.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const METRICS = INSTANCE_ANNOTATIONS.metricsNamespaces;

type Peer = NonNullable<NetworkPolicyEgressRule['to']>[number];
type Port = NonNullable<NetworkPolicyEgressRule['ports']>[number];

function peerFindings({ ipBlock, podSelector, namespaceSelector }: Peer, path: Path): Finding[] {
  const selects = podSelector !== undefined || namespaceSelector !== undefined;
  if (ipBlock === undefined && !selects)
    return [{ path, message: 'the peer is empty; expected "ipBlock", "podSelector" or "namespaceSelector"' }];
  if (ipBlock === undefined || !selects) return [];
  return [{ path, message: 'the peer has "ipBlock" and a selector; expected one of the two', hint: 'write them as two items of the list' }];
}

function portFindings({ port, endPort }: Port, path: Path): Finding[] {
  const findings: Finding[] = [];
  if (typeof port === 'string' ? !isPortName(port) : port !== undefined && (port < 1 || port > 65_535))
    findings.push({
      path: [...path, 'port'],
      message: `${safelyQuoted(String(port))} is no port; expected a number from 1 to 65535, or the name of a port`,
    });
  if (endPort === undefined) return findings;
  if (typeof port !== 'number')
    findings.push({ path: [...path, 'endPort'], message: `${endPort} ends no range; expected a number in "port"` });
  else if (endPort < port)
    findings.push({ path: [...path, 'endPort'], message: `${endPort} is below the first port, ${port}; expected that or more` });
  return findings;
}

export const networkPolicyPeer: Rule = {
  id: 'network-policy-peer',
  severity: 'error',
  summary: 'A peer or a port of the NetworkPolicy is none that Kubernetes accepts.',
  hint: 'name namespaces as they are called, give each peer ipBlock or selectors, and each port a number or a name',
  check({ instance }: RuleContext) {
    const findings: Finding[] = annotatedList(instance, METRICS)
      .filter((namespace) => !isDnsLabel(namespace))
      .map((namespace) => ({
        path: ['metadata', 'annotations', METRICS],
        message: `${safelyQuoted(namespace)} cannot be the name of a namespace; expected one such as "monitoring"`,
      }));
    const policy = instance.spec.security?.networkPolicy;
    if (policy === undefined) return findings;
    const path = ['spec', 'security', 'networkPolicy'];
    for (const [index, namespace] of (policy.allowedIngressNamespaces ?? []).entries()) {
      if (!isDnsLabel(namespace))
        findings.push({
          path: [...path, 'allowedIngressNamespaces', index],
          message: `${safelyQuoted(namespace)} cannot be the name of a namespace; expected one such as "ingress-nginx"`,
        });
    }
    for (const [index, { to = [], ports = [] }] of (policy.additionalEgress ?? []).entries()) {
      const place = [...path, 'additionalEgress', index];
      findings.push(...to.flatMap((peer, item) => peerFindings(peer, [...place, 'to', item])));
      findings.push(...ports.flatMap((port, item) => portFindings(port, [...place, 'ports', item])));
    }
    return findings;
  },
};
