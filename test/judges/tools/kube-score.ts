import { rulesOf } from '../judged-rule.ts';
import { REASON, SILENT } from '../reasons.ts';

/** Ids as `kube-score list` prints them; the real program is asked by `npm run e2e:judges`. */
export const KUBE_SCORE = rulesOf('kube-score', {
  met: {
    cpuLimited: ['container-resources'],
    imageTagged: ['container-image-tag'],
    ephemeralStorageBounded: ['container-ephemeral-storage-request-and-limit'],
    noDuplicateVariable: ['environment-variable-key-duplication'],
    disruptionBudgetPresent: ['statefulset-has-poddisruptionbudget', 'poddisruptionbudget-has-policy'],
    selectedByNetworkPolicy: ['pod-networkpolicy'],
    networkPolicySelectsPods: ['networkpolicy-targets-pod'],
    agentHasReadinessProbe: ['pod-probes'],
    probesDiffer: ['pod-probes-identical'],
    noPrivilege: ['container-security-context-privileged'],
    readOnlyRootFilesystem: ['container-security-context-readonlyrootfilesystem'],
    seccompSet: ['container-seccomp-profile'],
    serviceSelectsPods: ['service-targets-pod'],
    serviceInsideCluster: ['service-type'],
    selectorMatchesTemplate: ['statefulset-pod-selector-labels-match-template-metadata-labels'],
    labelsComplete: ['label-values'],
    stableApiVersions: ['stable-version'],
    ingressTargetsService: ['ingress-targets-service'],
    autoscalerHasTarget: ['horizontalpodautoscaler-has-target'],
    noHostPort: ['container-ports-check'],
  },
  departs: [
    [REASON.spread, 'statefulset-has-host-podantiaffinity'],
    [REASON.pullAlways, 'container-image-pull-policy'],
    [REASON.uid, 'container-security-context-user-group-id'],
    [REASON.serviceName, 'statefulset-has-servicename'],
    [
      REASON.requests,
      'container-resource-requests-equal-limits',
      'container-cpu-requests-equal-limits',
      'container-memory-requests-equal-limits',
      'container-ephemeral-storage-request-equals-limit',
    ],
    [
      'An autoscaler is rendered as the user asks, and warned about: one gateway owns its state directory.',
      'horizontalpodautoscaler-replicas',
    ],
  ],
  silent: [
    [REASON.spread, 'pod-topology-spread-constraints'],
    [SILENT.cronJob, 'cronjob-has-deadline', 'cronjob-restartpolicy'],
    [
      SILENT.deployment,
      'deployment-strategy',
      'deployment-replicas',
      'deployment-has-poddisruptionbudget',
      'deployment-has-host-podantiaffinity',
      'deployment-targeted-by-hpa-does-not-have-replicas-configured',
      'deployment-pod-selector-labels-match-template-metadata-labels',
    ],
  ],
});
