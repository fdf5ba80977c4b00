import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';

function holdsNull(value: Json, keptKey: string | null): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.some((item) => holdsNull(item, null));
  if (!isJsonObject(value)) return false;
  for (const key of Object.keys(value)) if (key !== keptKey && holdsNull(value[key] as Json, null)) return true;
  return false;
}

function dropped(value: Json): Json {
  if (Array.isArray(value)) return value.map(dropped);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, dropped(item)]])));
}

/** `spec` without null fields, which the API server reads as unset; below `config.raw` a null is the user's own and stays. Returns the same object when there is none. */
export function withoutNulls(spec: JsonObject): JsonObject {
  const { config, ...others } = spec;
  if (!holdsNull(others, null) && (!isJsonObject(config) || !holdsNull(config, 'raw')) && config !== null) return spec;
  const clean = dropped(others) as JsonObject;
  if (!isJsonObject(config)) return clean;
  const { raw, ...rest } = config;
  const cleanConfig = dropped(rest) as JsonObject;
  return { ...clean, config: raw === undefined || raw === null ? cleanConfig : { ...cleanConfig, raw } };
}
