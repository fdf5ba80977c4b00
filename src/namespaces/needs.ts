/** What the pods of built objects ask for when all of them run at once, as the scheduler and a ResourceQuota count it. */
import type { Container, Job, KubeObject, PodSpec, StatefulSet } from '../kube/types.ts';
import { parseQuantity } from '../lib/quantity.ts';

export const AMOUNTS = ['cpu', 'ephemeral-storage', 'memory'] as const;
type Amounts = Readonly<Record<(typeof AMOUNTS)[number], bigint>>;

export interface Needs {
  readonly pods: number;
  /** In nano-units. */
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** What a container gets that says nothing: a quota refuses pods with such containers, and only users can bring them. */
export const CONTAINER_DEFAULTS = {
  default: { cpu: '1', 'ephemeral-storage': '1Gi', memory: '1Gi' },
  defaultRequest: { cpu: '50m', 'ephemeral-storage': '64Mi', memory: '128Mi' },
} as const;

interface Autoscaler {
  readonly spec: { readonly maxReplicas: number; readonly scaleTargetRef: { readonly kind: string; readonly name: string } };
}

interface CronJob {
  readonly spec: { readonly jobTemplate: Pick<Job, 'spec'> };
}

const NOTHING: Amounts = { cpu: 0n, 'ephemeral-storage': 0n, memory: 0n };
export const NO_NEEDS: Needs = { pods: 0, requests: NOTHING, limits: NOTHING };

/** The needs of everything in `objects` together. */
export function needsOf(objects: readonly KubeObject[]): Needs {
  return objects.map((object) => workloadNeeds(object, objects)).reduce(sum, NO_NEEDS);
}

export function sum(left: Needs, right: Needs): Needs {
  return {
    pods: left.pods + right.pods,
    requests: each((name) => left.requests[name] + right.requests[name]),
    limits: each((name) => left.limits[name] + right.limits[name]),
  };
}

/** The pod that an object of ours runs; null for one that runs none. */
export function podOf(object: KubeObject): { readonly spec: PodSpec; readonly annotations: Readonly<Record<string, string>> } | null {
  const template = podTemplate(object);
  return template?.spec === undefined ? null : { spec: template.spec, annotations: template.metadata?.annotations ?? {} };
}

function podTemplate(object: KubeObject): NonNullable<StatefulSet['spec']>['template'] | undefined {
  if (object.kind === 'StatefulSet') return (object as unknown as StatefulSet).spec?.template;
  if (object.kind === 'Job') return (object as unknown as Job).spec?.template;
  return object.kind === 'CronJob' ? (object as unknown as CronJob).spec.jobTemplate.spec?.template : undefined;
}

function workloadNeeds(object: KubeObject, objects: readonly KubeObject[]): Needs {
  const pod = podOf(object);
  if (pod === null) return NO_NEEDS;
  const count = BigInt(replicas(object, objects));
  const requests = podAmounts(pod.spec, 'requests');
  const limits = podAmounts(pod.spec, 'limits');
  return { pods: Number(count), requests: each((name) => requests[name] * count), limits: each((name) => limits[name] * count) };
}

/** A suspended agent counts too, so that it can be woken. */
function replicas(object: KubeObject, objects: readonly KubeObject[]): number {
  if (object.kind !== 'StatefulSet') return 1;
  const scaler = objects.find(
    (candidate) =>
      candidate.kind === 'HorizontalPodAutoscaler' &&
      (candidate as unknown as Autoscaler).spec.scaleTargetRef.name === object.metadata.name,
  );
  const most =
    scaler === undefined ? (object as unknown as StatefulSet).spec?.replicas : (scaler as unknown as Autoscaler).spec.maxReplicas;
  return Math.max(1, most ?? 1);
}

/** All containers at once, or the init container that needs most beside the sidecars that run before it. */
function podAmounts({ initContainers = [], containers }: PodSpec, what: 'requests' | 'limits'): Amounts {
  return each((name) => {
    let sidecars = 0n;
    let most = 0n;
    for (const container of initContainers) {
      const amount = containerAmount(container, what, name);
      if (isSidecar(container)) sidecars += amount;
      const atOnce = isSidecar(container) ? sidecars : sidecars + amount;
      if (atOnce > most) most = atOnce;
    }
    const running = containers.reduce((total, container) => total + containerAmount(container, what, name), sidecars);
    return running > most ? running : most;
  });
}

function isSidecar(container: Container & { readonly restartPolicy?: string }): boolean {
  return container.restartPolicy === 'Always';
}

/** A limit without a request is a request of as much. */
function containerAmount({ resources = {} }: Container, what: 'requests' | 'limits', name: (typeof AMOUNTS)[number]): bigint {
  const limit = resources.limits?.[name];
  const given = what === 'limits' ? limit : (resources.requests?.[name] ?? limit);
  const fallback = what === 'limits' ? CONTAINER_DEFAULTS.default : CONTAINER_DEFAULTS.defaultRequest;
  return parseQuantity(given ?? fallback[name]) ?? 0n;
}

function each(amount: (name: (typeof AMOUNTS)[number]) => bigint): Amounts {
  return { cpu: amount('cpu'), 'ephemeral-storage': amount('ephemeral-storage'), memory: amount('memory') };
}
