import { mountLists } from '../user-mounts.ts';
import { userContainers } from '../user-containers.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const PLACE = ['spec', 'security', 'containerSecurityContext'];

/** Only this spelling: the API server lets "SYS_ADMIN" pass. */
const ADMIN = 'CAP_SYS_ADMIN';

export const securityContextConflict: Rule = {
  id: 'security-context-conflict',
  severity: 'error',
  summary: 'Two fields of a container contradict each other in what it may do.',
  hint: 'remove one of the two fields',
  check({ instance, resolved }: RuleContext) {
    const findings: Finding[] = [];
    const added = instance.spec.security?.containerSecurityContext?.capabilities?.add ?? [];
    if (added.includes(ADMIN) && !resolved.security.main.allowPrivilegeEscalation)
      findings.push({
        path: [...PLACE, 'capabilities', 'add', added.indexOf(ADMIN)],
        message: `"${ADMIN}" is added and "allowPrivilegeEscalation" is false; expected one of the two`,
        hint: 'do not add the capability',
      });
    for (const { container, path } of userContainers(instance)) {
      const { allowPrivilegeEscalation, capabilities, privileged } = container.securityContext ?? {};
      if (allowPrivilegeEscalation !== false) continue;
      const found =
        privileged === true ? '"privileged" is true' : capabilities?.add?.includes(ADMIN) === true ? `"${ADMIN}" is added` : null;
      if (found !== null)
        findings.push({
          path: [...path, 'securityContext', 'allowPrivilegeEscalation'],
          message: `${found} and "allowPrivilegeEscalation" is false; expected one of the two`,
        });
    }
    const privileged = userContainers(instance).filter(({ container }) => container.securityContext?.privileged === true);
    for (const { mounts } of mountLists(instance)) {
      for (const { mount, path } of mounts) {
        const { mountPropagation = 'None', readOnly, recursiveReadOnly = 'Disabled' } = mount;
        const isPrivileged = privileged.some((user) => user.path[1] === path[1] && user.path[2] === path[2]);
        if (mountPropagation === 'Bidirectional' && !isPrivileged)
          findings.push({
            path: [...path, 'mountPropagation'],
            message: '"Bidirectional" is asked for by a container that is not privileged; expected "HostToContainer" or "None"',
          });
        if (recursiveReadOnly === 'Disabled') continue;
        if (readOnly !== true || mountPropagation !== 'None')
          findings.push({
            path: [...path, 'recursiveReadOnly'],
            message: `"${recursiveReadOnly}" is asked for without ${readOnly === true ? '"mountPropagation: None"' : '"readOnly: true"'}; expected both`,
            hint: 'set "readOnly: true" beside it, or remove the field',
          });
      }
    }
    return findings;
  },
};
