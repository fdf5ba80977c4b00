/**
 * What differs between two sets of objects, one line a path, for reading in a review:
 * `+` is only in the second, `-` only in the first, `~` changed. JSON inside ConfigMaps is compared as JSON, other long text by lines.
 */
import { isJsonObject, type Json, type JsonObject } from '../../src/lib/json.ts';
import { lineDelta } from './line-delta.ts';

const LONGEST_VALUE = 200;
/** Fields that name an item of a list, in order of preference. */
const ITEM_KEYS = ['name', 'mountPath', 'key'] as const;

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}

function step(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${key}]`;
  return path === '' || path.endsWith(' ') ? `${path}${key}` : `${path}.${key}`;
}

function keyedBy(before: readonly Json[], after: readonly Json[]): string | undefined {
  return ITEM_KEYS.find((key) =>
    [before, after].every((items) => {
      const names = items.map((item) => (isJsonObject(item) && typeof item[key] === 'string' ? item[key] : null));
      return !names.includes(null) && new Set(names).size === names.length;
    }),
  );
}

function jsonInText(text: string): JsonObject | null {
  if (!text.startsWith('{')) return null;
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function textDelta(path: string, before: string, after: string): string[] {
  const [from, to] = [jsonInText(before), jsonInText(after)];
  if (from !== null && to !== null) return valueDelta(`${path} `, from, to);
  if (before.includes('\n') && after.includes('\n'))
    return lineDelta(before, after).map((line) => `${line.slice(0, 1)} ${path} | ${line.slice(1)}`);
  return [`~ ${path}: ${shown(before)} → ${shown(after)}`];
}

function mapDelta(path: string, before: JsonObject, after: JsonObject, at: (key: string) => string): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    if (!Object.hasOwn(after, key)) return [`- ${at(key)}: ${shown(before[key] as Json)}`];
    if (!Object.hasOwn(before, key)) return [`+ ${at(key)}: ${shown(after[key] as Json)}`];
    return valueDelta(at(key), before[key] as Json, after[key] as Json);
  });
}

function listDelta(path: string, before: readonly Json[], after: readonly Json[]): string[] {
  const key = keyedBy(before, after);
  const nameOf = (item: Json): string => (key === undefined ? JSON.stringify(item) : String((item as JsonObject)[key]));
  const byName = (items: readonly Json[]): JsonObject => Object.fromEntries(items.map((item) => [nameOf(item), item]));
  const lines =
    key === undefined
      ? [
          ...before.filter((item) => !after.some((other) => nameOf(other) === nameOf(item))).map((item) => `- ${path}[]: ${shown(item)}`),
          ...after.filter((item) => !before.some((other) => nameOf(other) === nameOf(item))).map((item) => `+ ${path}[]: ${shown(item)}`),
        ]
      : mapDelta(path, byName(before), byName(after), (name) => `${path}[${name}]`);
  const common = (items: readonly Json[], others: readonly Json[]): string[] => {
    const names = new Set(others.map(nameOf));
    return items.map(nameOf).filter((name) => names.has(name));
  };
  const [orderBefore, orderAfter] = [common(before, after), common(after, before)];
  if (orderBefore.join('\n') !== orderAfter.join('\n')) lines.push(`~ ${path}: order is now ${orderAfter.join(', ')}`);
  return lines;
}

function valueDelta(path: string, before: Json, after: Json): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return listDelta(path, before, after);
  if (isJsonObject(before) && isJsonObject(after)) return mapDelta(path, before, after, (key) => step(path, key));
  if (typeof before === 'string' && typeof after === 'string') return textDelta(path, before, after);
  return [`~ ${path}: ${shown(before)} → ${shown(after)}`];
}

/** Kind and name; a Job without the hash at its end. */
export function identity({ kind, metadata }: JsonObject): string {
  const name = String((metadata as JsonObject)['name']);
  return kind === 'Job' ? `Job/${name.replace(/-[0-9a-f]{10}$/, '-<hash>')}` : `${String(kind)}/${name}`;
}

export function objectsDelta(before: readonly JsonObject[], after: readonly JsonObject[]): string[] {
  const from = new Map(before.map((object) => [identity(object), object]));
  const to = new Map(after.map((object) => [identity(object), object]));
  const names = [...new Set([...from.keys(), ...to.keys()])];
  return names.flatMap((name) => {
    const [old, current] = [from.get(name), to.get(name)];
    if (current === undefined) return [`- ${name}`];
    if (old === undefined) return [`+ ${name}`];
    return valueDelta(`${name} `, old, current);
  });
}
