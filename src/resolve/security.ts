import type { Instance } from './instance.ts';
import type { ResolvedCaBundle, ResolvedNetworkPolicy, ResolvedRbac, ResolvedSecurity } from './resolved.ts';

export const DEFAULT_USER = 1000;
const DEFAULT_CA_KEY = 'ca-bundle.crt';

export function resolveSecurity(instance: Instance): ResolvedSecurity {
  const pod = instance.spec.security?.podSecurityContext ?? {};
  const main = instance.spec.security?.containerSecurityContext ?? {};
  return {
    runAsUser: pod.runAsUser ?? DEFAULT_USER,
    runAsGroup: pod.runAsGroup ?? DEFAULT_USER,
    fsGroup: pod.fsGroup ?? DEFAULT_USER,
    // The kubelet would walk a volume of 10 to 40 GiB at each start.
    fsGroupChangePolicy: pod.fsGroupChangePolicy ?? 'OnRootMismatch',
    runAsNonRoot: pod.runAsNonRoot ?? true,
    // A shared process namespace lets every container of the pod read the others' environment.
    shareProcessNamespace: instance.spec.shareProcessNamespace ?? false,
    main: {
      allowPrivilegeEscalation: main.allowPrivilegeEscalation ?? false,
      readOnlyRootFilesystem: main.readOnlyRootFilesystem ?? true,
      capabilities: main.capabilities,
      runAsNonRoot: main.runAsNonRoot,
      runAsUser: main.runAsUser,
    },
  };
}

export function resolveNetworkPolicy(instance: Instance): ResolvedNetworkPolicy {
  const policy = instance.spec.security?.networkPolicy ?? {};
  return {
    enabled: policy.enabled ?? true,
    allowsDns: policy.allowDNS ?? true,
    ingressNamespaces: policy.allowedIngressNamespaces ?? [],
    ingressCidrs: policy.allowedIngressCIDRs ?? [],
    egressCidrs: policy.allowedEgressCIDRs ?? [],
    additionalEgress: policy.additionalEgress ?? [],
  };
}

export function resolveRbac(instance: Instance): ResolvedRbac {
  const rbac = instance.spec.security?.rbac ?? {};
  return {
    createsServiceAccount: rbac.createServiceAccount ?? true,
    serviceAccountName: rbac.serviceAccountName || instance.name,
    annotations: rbac.serviceAccountAnnotations ?? {},
    additionalRules: rbac.additionalRules ?? [],
  };
}

export function resolveCaBundle(instance: Instance): ResolvedCaBundle | null {
  const bundle = instance.spec.security?.caBundle;
  if (bundle === undefined) return null;
  const source = bundle.configMapName
    ? ({ kind: 'ConfigMap', name: bundle.configMapName } as const)
    : ({ kind: 'Secret', name: bundle.secretName ?? '' } as const);
  return { source, key: bundle.key || DEFAULT_CA_KEY };
}
