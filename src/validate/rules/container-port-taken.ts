import { ownedPorts, ownerOf, portsText } from '../owned-ports.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userContainers } from '../user-containers.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const containerPortTaken: Rule = {
  id: 'container-port-taken',
  severity: 'error',
  summary: 'A container of the user listens on a port that something else in the pod has.',
  hint: `let it listen elsewhere: ${portsText()} are taken in every pod, and more by what the spec switches on`,
  check({ instance, resolved }: RuleContext) {
    const containers = userContainers(instance).filter(({ container }) => container.ports !== undefined);
    if (containers.length === 0) return [];
    const findings: Finding[] = [];
    const owned = ownedPorts(instance.spec, resolved);
    const users = new Map<string, string>();
    const hostPorts = new Set<string>();
    for (const { container, path, isLongRunning } of containers) {
      for (const [index, { containerPort, hostIP = '', hostPort = 0, protocol = 'TCP' }] of (container.ports ?? []).entries()) {
        const place = [...path, 'ports', index];
        // What has run before the agent starts holds no port any more.
        if (!isLongRunning) continue;
        const onHost = `${protocol}/${hostIP}/${hostPort}`;
        if (hostPort !== 0 && hostPorts.has(onHost))
          findings.push({ path: [...place, 'hostPort'], message: `${hostPort} of the node is in the pod twice; expected each port once` });
        hostPorts.add(onHost);
        const key = `${protocol}/${containerPort}`;
        const owner = (protocol === 'TCP' ? ownerOf(containerPort, owned) : undefined) ?? users.get(key);
        if (owner !== undefined) {
          findings.push({
            path: [...place, 'containerPort'],
            hint: `let it listen elsewhere: ${portsText(owned)} are taken in this pod`,
            message: `${containerPort} belongs to ${owner}; expected a port that nothing else in the pod has`,
          });
        } else {
          users.set(key, `container ${safelyQuoted(container.name)}`);
        }
      }
    }
    return findings;
  },
};
