/**
 * The KRM function as a pure function: the bytes of a ResourceList in, the text of another out. The answer to a refusal is a
 * ResourceList, too - the items as they came, the reasons as results -, since orchestrators read it before they look at the exit code.
 */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../diagnostics/sort.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { toJsonLine } from '../../output/json-lines.ts';
import { toYaml } from '../../output/yaml.ts';
import { withAnnotation } from '../../parse/annotated-text.ts';
import { objectsOf } from '../../parse/kubernetes-objects.ts';
import type { readResourceList, ResourceList } from '../../parse/resource-list.ts';
import type { SourceObject } from '../../parse/source.ts';
import type { renderParts, RenderedParts } from '../../render.ts';
import { annotated, annotationsOf, filePlaceOf, LOCAL_CONFIG, type FilePlace } from './annotations.ts';
import { CONFIG_PLACE, functionConfig, type FunctionConfig } from './function-config.ts';
import { itemsOf, locationOf, sourceObject, type Item } from './items.ts';
import { placed } from './placement.ts';
import { withHintsOf } from '../face-hints.ts';
import { resultsOf } from './results.ts';

/** The parts of the program that are loaded already. */
export interface Renderer {
  readonly readResourceList: typeof readResourceList;
  readonly renderParts: typeof renderParts;
}

export interface Answer {
  /** A whole ResourceList, in pieces. */
  readonly text: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly refused: boolean;
}

/** An item of the answer: its value, and its lines in YAML where they are known. */
interface Outgoing {
  readonly value: Json;
  readonly text: string | null;
}

const INPUT_PLACE = 'ResourceList';
/** Hints about files, which there are none of here. */
const HINTS: Readonly<Record<string, string>> = {
  'no-instances': 'add one to the items, or pass --allow-empty',
};

export function answer(bytes: Uint8Array, renderer: Renderer): Answer {
  const unread: Diagnostic[] = [];
  const list = renderer.readResourceList({ name: INPUT_PLACE, bytes }, unread);
  if (list === null) {
    const nothing: ResourceList = { apiVersion: 'config.kubernetes.io/v1', items: [], functionConfig: null, isJson: false };
    return {
      text: written(
        nothing,
        [],
        resultsOf(unread, () => undefined),
      ),
      diagnostics: unread,
      refused: true,
    };
  }
  const items = itemsOf(list.items);
  const config = functionConfig(list.functionConfig);
  const rendered = renderedFrom(items, config, unread, renderer);
  const diagnostics = withHintsOf(
    'krm',
    rendered.diagnostics.map((diagnostic) => ({ ...diagnostic, hint: HINTS[diagnostic.rule] ?? diagnostic.hint })),
  );
  const outgoing = rendered.refused || !config.renders ? items : outgoingOf(items, config, rendered);
  if (!rendered.refused && !config.renders) for (const part of rendered.parts) void part;

  const values = new Map<string, Json>([
    [CONFIG_PLACE, list.functionConfig],
    ...items.map(({ place, value }): [string, Json] => [place, value]),
  ]);
  const results = resultsOf(diagnostics, (file) => values.get(file));
  return { text: written(list, outgoing, results), diagnostics, refused: rendered.refused };
}

/** What comes of the items, refused also for what is wrong before the renderer sees any of them. */
function renderedFrom(items: readonly Item[], config: FunctionConfig, warnings: readonly Diagnostic[], renderer: Renderer): RenderedParts {
  const before: Diagnostic[] = [...warnings, ...config.diagnostics];
  const objects: SourceObject[] = [];
  for (const { role, value, place } of items) {
    if (role !== 'ours' && role !== 'companion') continue;
    if (!isJsonObject(value) || isConfig(value, config)) continue;
    objects.push(...objectsOf(value, sourceObject(value, place).locate, before));
  }
  if (config.source !== null) objects.push(...objectsOf(config.source.value, config.source.locate, before));
  const rendered = renderer.renderParts({ objects, diagnostics: before, wholeInput: locationOf(INPUT_PLACE, ['items']) }, config.options);
  return { ...rendered, diagnostics: sortDiagnostics(rendered.diagnostics) };
}

/** Whether an item is the functionConfig itself, which kustomize hands to a generator as its only item. */
function isConfig(value: JsonObject, { source }: FunctionConfig): boolean {
  if (source === null) return false;
  return identityOf(value) === identityOf(source.value);
}

function identityOf({ apiVersion, kind, metadata }: JsonObject): string {
  const { name = null, namespace = null } = isJsonObject(metadata) ? metadata : {};
  return JSON.stringify([apiVersion, kind, namespace, name]);
}

/** What stays of the items that came, in their order. */
function keptOf(items: readonly Item[], { keepsInstances }: FunctionConfig): Outgoing[] {
  return items.flatMap((item): Outgoing[] => {
    if (item.role === 'rendered' || (item.role === 'ours' && !keepsInstances)) return [];
    return item.role === 'ours' ? [notApplied(item)] : [item];
  });
}

/** An object of ours that no orchestrator applies; what its user said about that counts. */
function notApplied({ value, text }: Item): Outgoing {
  if (!isJsonObject(value) || annotationsOf(value)[LOCAL_CONFIG] !== undefined) return { value, text };
  const marked = annotated(value, { [LOCAL_CONFIG]: 'true' });
  return { value: marked, text: text === null ? null : withAnnotation(text, LOCAL_CONFIG, 'true') };
}

/** What stays, then what is made, each object while it is read. */
function* outgoingOf(items: readonly Item[], config: FunctionConfig, { parts }: RenderedParts): Generator<Outgoing> {
  yield* keptOf(items, config);
  const places = items.filter(({ role }) => role !== 'rendered').map(({ value }) => filePlaceOf(value));
  for (const value of placed(
    parts,
    places.filter((place): place is FilePlace => place !== null),
  ))
    yield { value, text: null };
}

/** The answer in the form of the input, whole before any of it is printed; its functionConfig is handed on, for a pipe into another run. */
function written(list: ResourceList, items: Iterable<Outgoing>, results: readonly JsonObject[]): string[] {
  return list.isJson ? writtenJson(list, items, results) : writtenYaml(list, items, results);
}

function writtenYaml(
  { apiVersion, functionConfig: config }: ResourceList,
  items: Iterable<Outgoing>,
  results: readonly JsonObject[],
): string[] {
  const lines = Array.from(items, ({ value, text }) => text ?? toYaml([value]));
  return [
    `apiVersion: ${apiVersion}\nkind: ResourceList\nitems:${lines.length === 0 ? ' []' : ''}\n`,
    ...lines,
    config === null ? '' : toYaml({ functionConfig: config }),
    results.length === 0 ? '' : toYaml({ results }),
  ];
}

function writtenJson(
  { apiVersion, functionConfig: config }: ResourceList,
  items: Iterable<Outgoing>,
  results: readonly JsonObject[],
): string[] {
  const lines = Array.from(items, ({ value }, index) => `${index === 0 ? '\n' : ',\n'}${toJsonLine(value).trimEnd()}`);
  const tail = [
    config === null ? '' : `,"functionConfig":${toJsonLine(config).trimEnd()}`,
    results.length === 0 ? '' : `,"results":${toJsonLine(results).trimEnd()}`,
  ];
  return [`{"apiVersion":"${apiVersion}","kind":"ResourceList","items":[`, ...lines, `\n]${tail.join('')}}\n`];
}
