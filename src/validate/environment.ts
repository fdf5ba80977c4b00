/** The agent's environment as far as the input tells it: names always, values only where they stand there in clear. */
import type { EnvVar } from '../generated/openclaw-instance.ts';
import { valueAt, type Json } from '../lib/json.ts';
import type { Path } from '../parse/source.ts';
import { configMapData } from '../resolve/companions.ts';
import type { Instance } from '../resolve/instance.ts';
import { companionKeys } from './companion-keys.ts';
import type { RuleContext } from './rule.ts';

export interface PlacedEnvVar {
  readonly entry: EnvVar;
  /** An entry of the cluster's defaults is named, not counted: `['spec', 'env', 'NAME']`. */
  readonly path: Path;
}

const NONE: readonly PlacedEnvVar[] = [];

/** Where each name stands in the user's own list, in order. */
function ownPlaces(own: Json | undefined): Map<string, number[]> {
  const places = new Map<string, number[]>();
  if (!Array.isArray(own)) return places;
  for (const [index, entry] of own.entries()) {
    const name = String(valueAt(entry as Json, 'name'));
    const indices = places.get(name);
    if (indices === undefined) places.set(name, [index]);
    else indices.push(index);
  }
  return places;
}

/** The entries of `spec.env`, cluster defaults included, each with its place in the user's text. */
export function agentEnv({ spec, source }: Instance): readonly PlacedEnvVar[] {
  const entries = spec.env;
  if (entries === undefined || entries.length === 0) return NONE;
  const places = ownPlaces(valueAt(source.value, 'spec', 'env'));
  return entries.map((entry) => {
    const index = places.get(entry.name)?.shift();
    return { entry, path: ['spec', 'env', index ?? entry.name] };
  });
}

export interface Variable {
  readonly name: string;
  /** Undefined when the value is a reference or a Secret's. */
  readonly value: string | undefined;
  readonly path: Path;
  readonly origin: 'env' | 'envFrom';
}

/** Every variable the agent is known to have, those of `envFrom` from the objects of the same input. */
export function agentVariables({ instance, companions }: RuleContext): Variable[] {
  const variables: Variable[] = agentEnv(instance).map(({ entry, path }) => ({
    name: entry.name,
    value: entry.valueFrom === undefined ? (entry.value ?? '') : undefined,
    path: [...path, 'name'],
    origin: 'env',
  }));
  for (const [index, { configMapRef, secretRef, prefix = '' }] of (instance.spec.envFrom ?? []).entries()) {
    const kind = configMapRef === undefined ? 'Secret' : 'ConfigMap';
    const name = (configMapRef ?? secretRef)?.name ?? '';
    const configMap = kind === 'ConfigMap' ? companions.find(kind, instance.namespace, name) : undefined;
    const values = configMap === undefined ? undefined : configMapData(configMap);
    for (const key of companionKeys(companions, kind, instance.namespace, name) ?? []) {
      variables.push({ name: prefix + key, value: values?.get(key), path: ['spec', 'envFrom', index], origin: 'envFrom' });
    }
  }
  return variables;
}
