/** From the values of documents to Kubernetes objects: lists are opened, and what no cluster would take is refused. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { isJsonObject } from '../lib/json.ts';
import { problem } from './problem.ts';
import type { Path, SourceObject } from './source.ts';

type Locate = SourceObject['locate'];

/** The objects of one document: itself, or the items of a list, one level deep as kubectl opens them. */
export function objectsOf(value: Json, locate: Locate, diagnostics: Diagnostic[]): SourceObject[] {
  if (!isJsonObject(value)) {
    diagnostics.push(problem('not-an-object', `the document is ${nounFor(value)}, expected an object`, locate([])));
    return [];
  }
  const { kind, items } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) return itemsOf(value, kind, items, locate, diagnostics);
  return isComplete(value, locate, diagnostics) ? [{ value, locate }] : [];
}

function itemsOf(list: JsonObject, listKind: string, items: readonly Json[], locate: Locate, diagnostics: Diagnostic[]): SourceObject[] {
  const objects: SourceObject[] = [];
  for (const [index, item] of items.entries()) {
    const locateInItem: Locate = (path, part) => locate(['items', index, ...path], part);
    if (!isJsonObject(item)) {
      diagnostics.push(problem('not-an-object', `an item of the list is ${nounFor(item)}, expected an object`, locateInItem([])));
      continue;
    }
    const object = withTypeOfList(item, list, listKind);
    if (isComplete(object, locateInItem, diagnostics)) objects.push({ value: object, locate: locateInItem });
  }
  return objects;
}

/** The API server leaves apiVersion and kind out of the items of its typed lists, such as ConfigMapList. */
function withTypeOfList(item: JsonObject, list: JsonObject, listKind: string): JsonObject {
  if (listKind === 'List' || item['kind'] !== undefined || item['apiVersion'] !== undefined) return item;
  return { apiVersion: list['apiVersion'] ?? null, kind: listKind.slice(0, -'List'.length), ...item };
}

function isComplete(object: JsonObject, locate: Locate, diagnostics: Diagnostic[]): boolean {
  const before = diagnostics.length;
  if (!isName(object['apiVersion'])) diagnostics.push(missing('missing-api-version', ['apiVersion'], object['apiVersion'], locate));
  if (!isName(object['kind'])) diagnostics.push(missing('missing-kind', ['kind'], object['kind'], locate));
  const metadata = object['metadata'];
  const name = isJsonObject(metadata) ? metadata['name'] : undefined;
  if (isName(name)) return diagnostics.length === before;
  if (isJsonObject(metadata) && name === undefined && metadata['generateName'] !== undefined) {
    diagnostics.push(
      problem('generate-name', 'found metadata.generateName, expected metadata.name', locate(['metadata', 'generateName'], 'key')),
    );
  } else if (isKustomization(object)) {
    diagnostics.push(problem('missing-name', 'found a kustomization, which is not a Kubernetes object', locate(['kind'])));
  } else {
    diagnostics.push(missing('missing-name', ['metadata', 'name'], name, locate));
  }
  return false;
}

function missing(
  code: 'missing-api-version' | 'missing-kind' | 'missing-name',
  path: Path,
  value: Json | undefined,
  locate: Locate,
): Diagnostic {
  const field = path.join('.');
  if (value === undefined) return problem(code, `the object has no ${field}`, locate(path));
  return problem(
    code,
    `${field} is ${nounFor(value)}, expected text`,
    locate(path),
    typeof value === 'number' || typeof value === 'boolean' ? 'put it in quotes' : undefined,
  );
}

function isName(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== '';
}

function isKustomization(object: JsonObject): boolean {
  return typeof object['apiVersion'] === 'string' && object['apiVersion'].startsWith('kustomize.config.k8s.io/');
}

function nounFor(value: Json): string {
  if (value === null) return 'empty';
  if (value === '') return 'empty text';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'a number';
  return typeof value === 'boolean' ? 'a boolean' : 'a map';
}
