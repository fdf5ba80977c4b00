/** Where the configuration comes from, how it reaches the gateway, and what in it decides other parts of the pod. */
import { isJsonObject, valueAt, type Json, type JsonObject } from '../lib/json.ts';
import { parseJson5 } from '../lib/json5.ts';
import { configMapData, type Companions } from './companions.ts';
import { INSTANCE_ANNOTATIONS, type Instance } from './instance.ts';
import type { OpenClawProfile } from './openclaw-version.ts';
import type { ResolvedConfig } from './resolved.ts';

export const DEFAULT_CONFIG_KEY = 'openclaw.json';

export type ConfigBase =
  | { readonly kind: 'config'; readonly value: JsonObject }
  | { readonly kind: 'missing-config-map'; readonly name: string }
  | { readonly kind: 'missing-key'; readonly name: string; readonly key: string }
  /** `problem` says where and what, never with text of the document. */
  | { readonly kind: 'unreadable'; readonly name: string; readonly key: string; readonly problem: string };

/** The user's configuration: the referenced ConfigMap's text (JSON or JSON5) when there is a reference, else `raw`, else empty. */
export function configBase(instance: Instance, companions: Companions): ConfigBase {
  const config = instance.spec.config ?? {};
  const ref = config.configMapRef;
  if (ref === undefined) return { kind: 'config', value: config.raw ?? {} };
  const key = ref.key ?? DEFAULT_CONFIG_KEY;
  const configMap = companions.find('ConfigMap', instance.namespace, ref.name);
  if (configMap === undefined) return { kind: 'missing-config-map', name: ref.name };
  const text = configMapData(configMap).get(key);
  if (text === undefined) return { kind: 'missing-key', name: ref.name, key };
  if (text.trim() === '') return { kind: 'config', value: {} };
  const parsed = parseJson5(text);
  if (!parsed.ok) return { kind: 'unreadable', name: ref.name, key, problem: parsed.problem };
  if (!isJsonObject(parsed.value)) return { kind: 'unreadable', name: ref.name, key, problem: 'is not an object' };
  return { kind: 'config', value: parsed.value };
}

export function resolveConfig(instance: Instance, companions: Companions, profile: OpenClawProfile): ResolvedConfig {
  const found = configBase(instance, companions);
  const base = found.kind === 'config' ? found.value : {};
  const mergeMode = instance.spec.config?.mergeMode ?? 'overwrite';
  const appsEnabled: Json | undefined = valueAt(base, 'mcp', 'apps', 'enabled');
  const delivery = mergeMode === 'overwrite' && profile.mountsConfigReadOnly ? 'mounted' : 'seeded';
  const saysWhichModels = ['models', 'modelPolicy'].some((key) => valueAt(base, 'agents', 'defaults', key) !== undefined);
  const wishes = instance.annotations[INSTANCE_ANNOTATIONS.configRollout];
  return {
    base,
    delivery,
    // A seeded file changes at the next start only.
    rollout: delivery === 'mounted' && wishes === 'restart-only' ? 'restart-only' : 'every-change',
    mergeMode,
    forcePaths: mergeMode === 'merge' ? (instance.spec.config?.forcePaths ?? []) : [],
    usesTrustedProxyAuth: valueAt(base, 'gateway', 'auth', 'mode') === 'trusted-proxy',
    exposesMcpApps: profile.hasMcpApps && appsEnabled === true,
    leavesModelsOpen: profile.hasModelPolicy && !saysWhichModels,
  };
}
