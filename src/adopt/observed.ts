/** What has been seen of a cluster: all that plans are made of. */
import type { KubeObject } from '../kube/types.ts';
import type { LiveObject } from './live-object.ts';
import type { AdoptionRecord } from './record.ts';
import type { Step } from './step.ts';

/** A Deployment that looks like the operator's. */
export interface OperatorDeployment {
  readonly namespace: string;
  readonly name: string;
  /** False once none is wanted and no pod is left. */
  readonly runs: boolean;
}

/** What the API server says to a rendered object, applied by the engine, without doing it. */
export type Verdict = 'unchanged' | 'changes' | 'kind is not served' | { readonly refusal: string };

export interface RenderedObject {
  readonly object: KubeObject;
  readonly verdict: Verdict;
}

export interface Observed {
  /** Null where they cannot be seen. */
  readonly operators: readonly OperatorDeployment[] | null;
  readonly instance: LiveObject | null;
  /** Everything in the namespace that is the instance's, or of a name that is rendered or recorded. */
  readonly objects: readonly LiveObject[];
  readonly rendered: readonly RenderedObject[];
  /** What was there before the adoption began; null where none has. */
  readonly record: { readonly content: AdoptionRecord; readonly object: LiveObject } | null;
}

/** Who applies the manifests from now on, by the name under which its fields are kept. */
export const ENGINES = { argocd: 'argocd-controller', flux: 'kustomize-controller', kubectl: 'kubectl' } as const;
export type Engine = keyof typeof ENGINES;

export interface Adoption {
  readonly namespace: string;
  readonly name: string;
  readonly engine: Engine;
  readonly operatorManager: string;
  /** The user has said that no operator acts on this instance, whatever is seen. */
  readonly operatorIsStopped: boolean;
  readonly deletesInstance: boolean;
  readonly prunes: boolean;
}

export interface Plan {
  /** Why nothing may be done. */
  readonly problems: readonly string[];
  readonly steps: readonly Step[];
  /** What somebody should know or do besides. */
  readonly notes: readonly string[];
}

/** Nothing is done beside a running operator: it would set its owner and its fields again. */
export function operatorProblems({ operators }: Observed, { operatorIsStopped }: Adoption): readonly string[] {
  if (operatorIsStopped) return [];
  if (operators === null)
    return ['Deployments cannot be listed, so nobody knows whether the operator runs; stop it, and say so with --operator-stopped'];
  return operators
    .filter(({ runs }) => runs)
    .map(
      ({ namespace, name }) =>
        `the operator runs (Deployment/${name} in namespace ${namespace}); stop it with "kubectl --namespace ${namespace} scale deployment/${name} --replicas 0", or say with --operator-stopped that it does not watch this namespace`,
    );
}
