/** openclaw.json: the features' patches below the user's configuration, as text in the instance's ConfigMap. */
import { CONFIG_FILE, CONFIG_PATH, STATE_DIRECTORY } from '../kube/paths.ts';
import { configMapName } from '../kube/names.ts';
import { isJsonObject, mergeJson, prettyJson, valueAt, type Json, type JsonObject } from '../lib/json.ts';
import { covers, parseCidr, type Cidr } from '../lib/cidr.ts';
import type { Resolved } from '../resolve/resolved.ts';
import type { ConfigMapEntry, Contribution } from './contribution.ts';
import { restartOnly } from './hot-config.ts';
import { itemsOf, type Part } from './parts.ts';

/** The volume with the rendered configuration. */
export const CONFIG_VOLUME = 'config';

/** A range, or a single address as a range of one. */
function rangeOf(text: string): Cidr | null {
  return text.includes('/') ? parseCidr(text) : parseCidr(`${text}/${text.includes(':') ? 128 : 32}`);
}

/** The user's list with ours appended, unless a range of the user's covers it; a value that is no list gives way. */
function joinedProxies(users: Json | undefined, ours: readonly string[]): Json {
  const given = Array.isArray(users) ? (users as readonly Json[]) : [];
  const ranges = given.flatMap((entry) => (typeof entry === 'string' ? (rangeOf(entry) ?? []) : []));
  const missing = ours.filter((range) => {
    const wanted = parseCidr(range);
    return !given.includes(range) && !(wanted !== null && ranges.some((existing) => covers(existing, wanted)));
  });
  return [...given, ...missing];
}

function withGatewayKey(config: JsonObject, key: string, value: Json): JsonObject {
  const gateway = config['gateway'];
  return { ...config, gateway: { ...(isJsonObject(gateway) ? gateway : {}), [key]: value } };
}

/** The configuration that the gateway gets: enriching it again would change nothing. */
function effectiveConfig(resolved: Resolved, parts: readonly Part[]): JsonObject {
  const { base } = resolved.config;
  const patches = itemsOf(parts, (part) => (part.configPatch === undefined ? undefined : [part.configPatch]));
  const trustedProxies = [...new Set(itemsOf(parts, (part) => part.trustedProxies))];
  const allowedOrigins = [...new Set(itemsOf(parts, (part) => part.allowedOrigins))].sort();
  let config = mergeJson(patches.reduce<JsonObject>(mergeJson, {}), base);
  const users = valueAt(base, 'gateway', 'trustedProxies');
  if (trustedProxies.length > 0) config = withGatewayKey(config, 'trustedProxies', joinedProxies(users, trustedProxies));
  const controlUi = valueAt(base, 'gateway', 'controlUi');
  const namesOrigins = isJsonObject(controlUi) && Object.hasOwn(controlUi, 'allowedOrigins');
  if (allowedOrigins.length > 0 && !namesOrigins) {
    const existing = valueAt(config, 'gateway', 'controlUi');
    config = withGatewayKey(config, 'controlUi', { ...(isJsonObject(existing) ? existing : {}), allowedOrigins });
  }
  return config;
}

export function openclawConfig(resolved: Resolved, parts: readonly Part[]): Contribution {
  const { delivery, mergeMode, forcePaths } = resolved.config;
  const name = configMapName(resolved.name);
  const config = effectiveConfig(resolved, parts);
  const entry: ConfigMapEntry = {
    text: prettyJson(config),
    takesEffect: 'restart',
    ...(resolved.config.rollout === 'restart-only' ? { hashedText: prettyJson(restartOnly(config)) } : {}),
  };
  const volume = {
    name: CONFIG_VOLUME,
    // OpenClaw's audit calls a world-readable configuration critical.
    configMap: { name, defaultMode: 0o440, items: [{ key: CONFIG_FILE, path: CONFIG_FILE }] },
  };
  const shared = { configMaps: [{ name, entries: new Map([[CONFIG_FILE, entry]]) }], volumes: [volume] };
  if (delivery === 'seeded') {
    return {
      ...shared,
      seedsConfig: {
        from: { volume: CONFIG_VOLUME, path: CONFIG_FILE },
        to: { volume: 'data', path: `${STATE_DIRECTORY}/${CONFIG_FILE}` },
        mode: mergeMode,
        forcePaths,
      },
    };
  }
  const readonlyEnv = resolved.openclaw.profile.knowsConfigReadonlyEnv ? [{ name: 'OPENCLAW_CONFIG_READONLY', value: '1' }] : [];
  return {
    ...shared,
    main: {
      env: [{ name: 'OPENCLAW_CONFIG_PATH', value: `${CONFIG_PATH}/${CONFIG_FILE}` }, ...readonlyEnv],
      mounts: [{ name: CONFIG_VOLUME, mountPath: CONFIG_PATH, readOnly: true }],
    },
  };
}
