/** The security context of every container: all of Pod Security `restricted`, and a read-only root for ours. */
import { invariant } from '../../lib/invariant.ts';
import type { Container, SecurityContext } from '../../kube/types.ts';
import type { PlannedContainer } from '../contribution.ts';

function loosens(field: string, context: SecurityContext): boolean {
  if (field === 'allowPrivilegeEscalation') return context.allowPrivilegeEscalation === true;
  if (field === 'readOnlyRootFilesystem') return context.readOnlyRootFilesystem === false;
  if (field === 'runAsNonRoot') return context.runAsNonRoot === false;
  if (field === 'runAsUser') return context.runAsUser === 0;
  return false;
}

function ownContext(planned: PlannedContainer, runAsNonRoot: boolean): SecurityContext {
  const overrides = planned.security ?? {};
  for (const field of Object.keys(overrides)) {
    const stated = planned.relaxations?.some((relaxation) => relaxation.field === field) ?? false;
    invariant(stated || !loosens(field, overrides), `container ${planned.container.name} loosens ${field} without a stated reason`);
  }
  return {
    allowPrivilegeEscalation: false,
    // An explicit empty list makes added capabilities visible as drift.
    capabilities: { add: [], drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot,
    seccompProfile: { type: 'RuntimeDefault' },
    ...overrides,
  };
}

/** Only the Pod Security fields that the user leaves unset, and none that contradicts what is set. */
function userContext(context: SecurityContext, podRunsAsNonRoot: boolean): SecurityContext {
  if (context.privileged === true) return context;
  // Together with "false" the API server refuses this spelling, and this one only.
  const isAdmin = context.capabilities?.add?.includes('CAP_SYS_ADMIN') === true;
  return {
    ...context,
    ...(isAdmin ? {} : { allowPrivilegeEscalation: context.allowPrivilegeEscalation ?? false }),
    capabilities: { add: context.capabilities?.add ?? [], drop: context.capabilities?.drop ?? ['ALL'] },
    runAsNonRoot: context.runAsNonRoot ?? (context.runAsUser === 0 ? false : podRunsAsNonRoot),
    seccompProfile: context.seccompProfile ?? { type: 'RuntimeDefault' },
  };
}

/** `container` with its security context; `runAsNonRoot` is the pod's value, which containers inherit. */
export function hardened(planned: PlannedContainer, container: Container, runAsNonRoot: boolean): Container {
  const securityContext =
    planned.origin === 'own' ? ownContext(planned, runAsNonRoot) : userContext(container.securityContext ?? {}, runAsNonRoot);
  return { ...container, securityContext };
}
