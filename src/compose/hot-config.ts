/**
 * Which parts of openclaw.json a running gateway takes over by itself when the mounted file changes. Everything else, and what we do
 * not know, needs a new pod. From OpenClaw's documentation of its configuration reload.
 */
import { isJsonObject, type JsonObject } from '../lib/json.ts';

const HOT_PATHS: readonly (readonly string[])[] = [
  ['agents'],
  ['browser', 'profiles'],
  ['channels'],
  ['gateway', 'auth', 'rateLimit'],
  ['gateway', 'controlUi', 'allowedOrigins'],
  ['gateway', 'terminal'],
  ['gateway', 'trustedProxies'],
  ['models'],
  ['plugins', 'entries'],
  ['skills'],
  ['tools'],
];

function withoutPath(config: JsonObject, [key, ...rest]: readonly string[]): JsonObject {
  if (key === undefined || !Object.hasOwn(config, key)) return config;
  const { [key]: value, ...others } = config;
  if (rest.length === 0) return others;
  if (!isJsonObject(value)) return config;
  const left = withoutPath(value, rest);
  // An object that held nothing else counts as absent: adding the first origin is no restart either.
  return left === value ? config : Object.keys(left).length === 0 ? others : { ...others, [key]: left };
}

/** `config` with nothing but what a running gateway cannot take over. */
export function restartOnly(config: JsonObject): JsonObject {
  return HOT_PATHS.reduce(withoutPath, config);
}
