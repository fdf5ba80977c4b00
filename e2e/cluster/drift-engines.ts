/** Who applies again what others have changed: kubectl, and the code of the engines in each of their ways. */
import { argocdVerdicts } from './argocd-verdicts.ts';
import type { ArgocdSide } from './argocd-verdicts.ts';
import type { Cluster } from './cluster.ts';
import { fluxApply } from './flux-apply.ts';
import type { Kubectl } from './kubectl.ts';
import type { Manifest } from './manifest.ts';

/** A column of the document. */
export interface DriftEngine {
  readonly namespace: string;
  /** Who makes the change, as the server notes it. */
  readonly stranger: string;
  readonly apply: (manifests: readonly Manifest[]) => Promise<void>;
  /** How it finds out that a sync is needed; only Argo CD compares first. */
  readonly side?: ArgocdSide;
}

/** By name, in the order of the documents. */
export function driftEngines(cluster: Cluster, kubectl: Kubectl) {
  async function flux(manifests: readonly Manifest[]): Promise<void> {
    for (const { error } of await fluxApply(cluster, [manifests])) if (error !== undefined) throw new Error(error);
  }
  const argocd = (side: ArgocdSide) => async (manifests: readonly Manifest[]) => {
    for (const { error, object } of await argocdVerdicts(cluster, `apply-${side}`, manifests))
      if (error !== undefined) throw new Error(`${object}: ${error}`);
  };
  return {
    kubectl: {
      namespace: 'drift-kubectl',
      stranger: 'stranger',
      apply: async (manifests) => {
        const { errors, status } = await kubectl(['apply'], manifests);
        if (status !== 0) throw new Error(errors.join('\n'));
      },
    },
    argocdClientSide: {
      namespace: 'drift-argocd-client-side',
      stranger: 'stranger',
      apply: argocd('client-side'),
      side: 'client-side',
    },
    argocd: { namespace: 'drift-argocd', stranger: 'stranger', apply: argocd('server-side'), side: 'server-side' },
    flux: { namespace: 'drift-flux', stranger: 'stranger', apply: flux },
    /** Flux takes over what a manager of this name did. */
    fluxAfterKubectl: { namespace: 'drift-flux-kubectl', stranger: 'kubectl-edit', apply: flux },
  } as const satisfies Record<string, DriftEngine>;
}
