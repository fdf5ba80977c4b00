import type { Container, Volume } from '../../generated/openclaw-instance.ts';
import { RESTRICTED_VOLUMES } from '../../kube/pod-security.ts';
import type { Path } from '../../parse/source.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userContainers } from '../user-containers.ts';
import { userVolumes, volumeSources } from '../user-volumes.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

interface Relaxation {
  readonly field: Path;
  readonly found: string;
}

function addedCapabilities(added: readonly string[] | undefined): string[] {
  return (added ?? []).filter((capability) => capability !== 'NET_BIND_SERVICE');
}

/** Only what the user sets counts: what is left unset is filled in. */
function relaxations({ ports, securityContext = {} }: Container): Relaxation[] {
  const found: Relaxation[] = [];
  const context = ['securityContext'];
  if (securityContext.privileged === true) found.push({ field: [...context, 'privileged'], found: 'is privileged' });
  if (securityContext.allowPrivilegeEscalation === true)
    found.push({ field: [...context, 'allowPrivilegeEscalation'], found: 'may gain privileges' });
  if (securityContext.runAsNonRoot === false) found.push({ field: [...context, 'runAsNonRoot'], found: 'may run as root' });
  if (securityContext.runAsUser === 0) found.push({ field: [...context, 'runAsUser'], found: 'runs as user 0' });
  if (securityContext.procMount === 'Unmasked') found.push({ field: [...context, 'procMount'], found: 'sees /proc unmasked' });
  if (securityContext.seccompProfile?.type === 'Unconfined')
    found.push({ field: [...context, 'seccompProfile'], found: 'has no seccomp profile' });
  if (securityContext.appArmorProfile?.type === 'Unconfined')
    found.push({ field: [...context, 'appArmorProfile'], found: 'has no AppArmor profile' });
  if (securityContext.windowsOptions?.hostProcess === true)
    found.push({ field: [...context, 'windowsOptions'], found: 'is a process of the node' });
  const { add, drop } = securityContext.capabilities ?? {};
  const added = addedCapabilities(add);
  if (added.length > 0)
    found.push({ field: [...context, 'capabilities', 'add'], found: `has the capabilities ${added.map(safelyQuoted).join(', ')}` });
  if (drop !== undefined && !drop.includes('ALL')) found.push({ field: [...context, 'capabilities', 'drop'], found: 'keeps capabilities' });
  for (const [index, { hostPort }] of (ports ?? []).entries()) {
    if ((hostPort ?? 0) !== 0) found.push({ field: ['ports', index, 'hostPort'], found: `takes port ${hostPort} of the node` });
  }
  return found;
}

function refusedSources(volume: Volume): string[] {
  return volumeSources(volume).filter((source) => !RESTRICTED_VOLUMES.has(source));
}

export const podSecurityRestricted: Rule = {
  id: 'pod-security-restricted',
  severity: 'warning',
  summary: 'A container or volume of the user is more than Pod Security "restricted" allows: a namespace that enforces it refuses the pod.',
  hint: 'remove the field, or use a namespace that enforces less',
  check({ instance }: RuleContext) {
    const expected = 'expected nothing that Pod Security "restricted" refuses';
    const findings: Finding[] = [];
    for (const { container, path } of userContainers(instance)) {
      for (const { field, found } of relaxations(container)) {
        findings.push({ path: [...path, ...field], message: `container ${safelyQuoted(container.name)} ${found}; ${expected}` });
      }
    }
    for (const { volume, path } of userVolumes(instance)) {
      for (const source of refusedSources(volume))
        findings.push({
          path: [...path, source],
          part: 'key',
          message: `volume ${safelyQuoted(volume.name)} is of the kind "${source}"; ${expected}`,
        });
    }
    const own = instance.spec.security?.containerSecurityContext?.capabilities;
    const capabilities = ['spec', 'security', 'containerSecurityContext', 'capabilities'];
    const added = addedCapabilities(own?.add);
    if (added.length > 0)
      findings.push({
        path: [...capabilities, 'add'],
        message: `the agent has the capabilities ${added.map(safelyQuoted).join(', ')}; ${expected}`,
      });
    if (own !== undefined && !(own.drop ?? []).includes('ALL'))
      findings.push({ path: capabilities, message: `the agent keeps capabilities; ${expected}` });
    return findings;
  },
};
