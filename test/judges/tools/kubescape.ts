import { rulesOf } from '../judged-rule.ts';
import { REASON, SILENT } from '../reasons.ts';

/** The controls of the frameworks NSA and workloadscan. */
export const KUBESCAPE = rulesOf('kubescape', {
  met: {
    noRightOverWorkloads: ['C-0002'],
    noSecretInConfigMaps: ['C-0012'],
    runsAsNonRoot: ['C-0013'],
    noPrivilegeEscalation: ['C-0016'],
    readOnlyRootFilesystem: ['C-0017'],
    networkPolicyBothWays: ['C-0030'],
    noApiTokenForTheAgent: ['C-0034'],
    noClusterRole: ['C-0035'],
    noHostNamespace: ['C-0038', 'C-0041'],
    noHostPort: ['C-0044'],
    noCapabilityAdded: ['C-0046'],
    selectedByNetworkPolicy: ['C-0054', 'C-0260'],
    seccompSet: ['C-0055'],
    noPrivilege: ['C-0057'],
    noSnippetAnnotation: ['C-0059'],
    cpuLimited: ['C-0270'],
    memoryLimited: ['C-0271'],
    noHostPath: ['C-0045', 'C-0048'],
  },
  departs: [
    [REASON.rootWritesVolumes, 'C-0058'],
    ['Annotations of ingress-nginx are rendered only for who names that class; HTTPRoute is there for everybody else.', 'C-0292'],
    [REASON.secretsInEnvironment, 'C-0207'],
    [REASON.persistent, 'C-0257'],
  ],
  silent: [
    [SILENT.controlPlane, 'C-0005', 'C-0066', 'C-0067', 'C-0069', 'C-0070'],
    [SILENT.policy, 'C-0068'],
    [SILENT.registries, 'C-0078'],
  ],
});
