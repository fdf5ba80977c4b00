/**
 * OpenClawClusterDefaults over an instance, on the user's own document and before any schema default: an instance that says
 * nothing inherits. (On a cluster the operator merges after defaulting, so that most of its defaults never apply: W-36.)
 */
import type { OpenClawClusterDefaults } from '../generated/openclaw-cluster-defaults.ts';
import type { Spec } from './instance.ts';

type Defaults = NonNullable<OpenClawClusterDefaults['spec']>;
type Image = NonNullable<Spec['image']>;
type Env = NonNullable<Spec['env']>;

function mergedImage(image: Image | undefined, defaults: NonNullable<Defaults['image']>): Image {
  const own = image ?? {};
  const pinned = isSet(own.tag) || isSet(own.digest);
  const pullSecrets = own.pullSecrets !== undefined && own.pullSecrets.length > 0 ? own.pullSecrets : defaults.pullSecrets;
  const tag = pinned ? own.tag : (defaults.tag ?? own.tag);
  // A default digest must not override a tag that the instance pins (D34).
  const digest = pinned ? own.digest : (defaults.digest ?? own.digest);
  const repository = isSet(own.repository) ? own.repository : defaults.repository;
  const pullPolicy = own.pullPolicy ?? defaults.pullPolicy;
  return {
    ...own,
    ...(repository === undefined ? {} : { repository }),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    ...(pullPolicy === undefined ? {} : { pullPolicy }),
    ...(pullSecrets === undefined ? {} : { pullSecrets }),
  };
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** Defaults first in their order, an instance entry of the same name in that place, then the instance's others. */
function mergedEnv(env: Env, defaults: Env): Env {
  const own = new Map(env.map((entry) => [entry.name, entry]));
  const inherited = defaults.map((entry) => own.get(entry.name) ?? entry);
  const inheritedNames = new Set(defaults.map((entry) => entry.name));
  return [...inherited, ...env.filter((entry) => !inheritedNames.has(entry.name))];
}

/** The spec with the cluster's defaults where the instance says nothing; neither argument is changed. */
export function withClusterDefaults(spec: Spec, defaults: Defaults | undefined): Spec {
  if (defaults === undefined) return spec;
  const merged: { -readonly [K in keyof Spec]: Spec[K] } = { ...spec };
  if (!isSet(spec.registry) && isSet(defaults.registry)) merged.registry = defaults.registry;
  if (defaults.image !== undefined) merged.image = mergedImage(spec.image, defaults.image);
  const env = mergedEnv(spec.env ?? [], defaults.env ?? []);
  if (env.length > 0) merged.env = env;
  const pnpm = spec.runtimeDeps?.pnpm === true || defaults.runtimeDeps?.pnpm === true;
  const python = spec.runtimeDeps?.python === true || defaults.runtimeDeps?.python === true;
  if (pnpm || python) merged.runtimeDeps = { ...(pnpm ? { pnpm } : {}), ...(python ? { python } : {}) };
  return merged;
}
