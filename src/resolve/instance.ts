/** An instance on its way through the pipeline: what the user wrote, with cluster defaults applied, and where it stands. */
import type { OpenClawClusterDefaults } from '../generated/openclaw-cluster-defaults.ts';
import type { OpenClawInstance } from '../generated/openclaw-instance.ts';
import { byCodeUnits } from '../lib/code-unit-order.ts';
import type { JsonObject } from '../lib/json.ts';
import type { SourceObject } from '../parse/source.ts';
import { withClusterDefaults } from './cluster-defaults.ts';
import { withoutNulls } from './without-nulls.ts';

export type Spec = NonNullable<OpenClawInstance['spec']>;

export interface Instance {
  readonly name: string;
  /** Empty when neither the instance nor an option names one: a rule refuses that. */
  readonly namespace: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** The user's spec without nulls and with cluster defaults merged in, before schema defaults. */
  readonly spec: Spec;
  /** The user's own text, for messages. */
  readonly source: SourceObject;
  /** The cluster's defaults that apply, for messages about what they set. */
  readonly defaultsSource: SourceObject | null;
}

/** Cluster defaults that passed their schema. */
export interface ClusterDefaults {
  /** Without nulls. */
  readonly spec: OpenClawClusterDefaults['spec'];
  readonly source: SourceObject;
}

/** Annotations on an OpenClawInstance that steer the renderer. */
export const INSTANCE_ANNOTATIONS = {
  /** The OpenClaw version of an image whose tag does not say it. */
  openclawVersion: 'gitops.openclaw.rocks/openclaw-version',
  /** Comma-separated source ranges of the Ingress controller whose X-Forwarded-For may be believed. */
  ingressCidrs: 'gitops.openclaw.rocks/ingress-cidrs',
  /** `fail` or `start`: whether the agent starts without a skill, plugin or tool that cannot be installed. */
  installFailure: 'gitops.openclaw.rocks/install-failure',
  /** `nginx`, `traefik` or `other`, where the name of the Ingress's class does not tell the controller. */
  ingressController: 'gitops.openclaw.rocks/ingress-controller',
  /** Pod Security level of the namespace, which is then rendered too. */
  namespace: 'gitops.openclaw.rocks/namespace',
  /** Comma-separated namespaces whose pods may reach the metrics port, and nothing else of the agent. */
  metricsNamespaces: 'gitops.openclaw.rocks/metrics-namespaces',
  /** `restart-only`: only changes that OpenClaw cannot take over while it runs start a new pod. */
  configRollout: 'gitops.openclaw.rocks/config-rollout',
} as const;

/** Followed by a rule's id: an annotation whose value is the reason why that rule's warnings are not wanted. */
export const SILENCE_PREFIX = 'silence.gitops.openclaw.rocks/';

/** What follows the prefix for changes that the API server refuses (`out/immutable`): silenced, they are written for who makes the object anew. */
export const IMMUTABLE_CHANGE = 'immutable';

/** The entries of an annotation that is a list with commas, in order, without blanks. */
export function annotatedList({ annotations }: Pick<Instance, 'annotations'>, annotation: string): string[] {
  return (annotations[annotation] ?? '').split(',').flatMap((entry) => (entry.trim() === '' ? [] : [entry.trim()]));
}

/** Takes an object that passed the schema. */
export function instanceOf(source: SourceObject, defaults: ClusterDefaults | undefined, defaultNamespace: string | undefined): Instance {
  const object = source.value as unknown as OpenClawInstance;
  const spec = withoutNulls((object.spec ?? {}) as unknown as JsonObject) as unknown as Spec;
  return {
    name: object.metadata.name,
    namespace: object.metadata.namespace || defaultNamespace || '',
    annotations: withoutNulls(object.metadata.annotations ?? {}) as Readonly<Record<string, string>>,
    spec: withClusterDefaults(spec, defaults?.spec),
    source,
    defaultsSource: defaults?.source ?? null,
  };
}

/** Takes cluster defaults that passed their schema. */
export function clusterDefaultsOf(source: SourceObject): ClusterDefaults {
  const { spec } = source.value as unknown as OpenClawClusterDefaults;
  return { source, spec: spec === undefined || spec === null ? undefined : withoutNulls(spec as unknown as JsonObject) };
}

export function byNamespaceAndName(left: Instance, right: Instance): number {
  return byCodeUnits(left.namespace, right.namespace) || byCodeUnits(left.name, right.name);
}
