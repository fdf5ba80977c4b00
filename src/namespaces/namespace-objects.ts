/** A namespace of agents: Pod Security, a quota of what its pods may take together, and defaults for containers that say nothing. */
import { KEEP_ON_PRUNE } from '../kube/annotations.ts';
import { MANAGED_BY } from '../kube/labels.ts';
import { NAMESPACE_LIMITS_NAME } from '../kube/names.ts';
import type { PodSecurityLevel } from '../kube/pod-security.ts';
import type { KubeObject } from '../kube/types.ts';
import { canonicalQuantity } from '../lib/quantity.ts';
import { AMOUNTS, CONTAINER_DEFAULTS, type Needs } from './needs.ts';

/** Room for what comes beside the agents: certificate challenges, debugging, one more agent. */
const ROOM = 2;
/** They belong to no single instance. */
const LABELS = { 'app.kubernetes.io/managed-by': MANAGED_BY, 'app.kubernetes.io/name': 'openclaw' };

/**
 * Objects of `name`. The quota counts what controllers create, who try again: what an engine applies together with a raised quota
 * is judged by the old one until the cluster has reported the new, and would fail the sync.
 */
export function namespaceObjects(name: string, level: PodSecurityLevel, needs: Needs): readonly KubeObject[] {
  const metadata = { name: NAMESPACE_LIMITS_NAME, namespace: name, labels: LABELS };
  const hard = Object.fromEntries([
    ['pods', String(needs.pods * ROOM)],
    ...AMOUNTS.map((amount) => [`requests.${amount}`, quantity(amount, needs.requests[amount])]),
    ...AMOUNTS.map((amount) => [`limits.${amount}`, quantity(amount, needs.limits[amount])]),
  ]);
  const objects = [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name,
        // With it goes everything in it, volumes included.
        annotations: KEEP_ON_PRUNE,
        labels: {
          ...LABELS,
          'pod-security.kubernetes.io/audit': 'restricted',
          'pod-security.kubernetes.io/enforce': level,
          'pod-security.kubernetes.io/warn': 'restricted',
        },
      },
    },
    { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard } },
    { apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits: [{ ...CONTAINER_DEFAULTS, type: 'Container' }] } },
  ];
  return objects;
}

/** Rounded up to thousandths of a core or to mebibytes. */
function quantity(amount: (typeof AMOUNTS)[number], nano: bigint): string {
  const unit = amount === 'cpu' ? 1_000_000n : 1_048_576n * 1_000_000_000n;
  const count = (nano * BigInt(ROOM) + unit - 1n) / unit;
  return canonicalQuantity(`${count}${amount === 'cpu' ? 'm' : 'Mi'}`);
}
