import { isJsonObject, type Json } from '../lib/json.ts';
import type { Path, SourceObject } from '../parse/source.ts';
import type { Instance } from '../resolve/instance.ts';
import type { Finding } from './rule.ts';

export interface Place {
  readonly object: SourceObject;
  readonly path: Path;
}

/** As much of `path` as is set in `value`; an item that the path names, instead of counting it, gets its index. */
function setPart(value: Json, path: Path): Path {
  const reached: (string | number)[] = [];
  let current: Json | undefined = value;
  for (const step of path) {
    let key: string | number = step;
    if (Array.isArray(current)) {
      if (typeof step === 'string') key = current.findIndex((item: Json) => isJsonObject(item) && item['name'] === step);
      current = current[key as number] as Json | undefined;
    } else {
      current = isJsonObject(current) && Object.hasOwn(current, step) ? current[step] : undefined;
    }
    if (current === undefined || current === null) break;
    reached.push(key);
  }
  return reached;
}

/** Where a finding about an instance stands: in its own text, or in the cluster's defaults when only they set what is meant. */
export function findingPlace({ object, path }: Finding, { source, defaultsSource }: Instance): Place {
  const own = { object: object ?? source, path };
  if (object !== undefined || defaultsSource === null || path[0] !== 'spec') return own;
  if (setPart(source.value, path).length === path.length) return own;
  const inDefaults = setPart(defaultsSource.value, path);
  // Of an item of the defaults' list the nearest part that is there; of anything else only the value itself.
  const isItem = typeof inDefaults[2] === 'number' && typeof path[2] === 'string';
  if (inDefaults.length < path.length && !isItem) return own;
  return { object: defaultsSource, path: [...inDefaults, ...path.slice(inDefaults.length)] };
}
