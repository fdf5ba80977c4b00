/**
 * Reads a ResourceList, which is how KRM functions are handed their input (kustomize's functions-spec, config.kubernetes.io/v1).
 * Orchestrators write block style: such a list is cut into the texts of its items, each is read for itself, and what passes
 * through can be handed back letter by letter. A list in any other form is read as one document and keeps only its values.
 */
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { quoted } from '../diagnostics/quoted.ts';
import { isJsonObject, type Json } from '../lib/json.ts';
import { newBudget, type Budget } from './budget.ts';
import { decode } from './decode.ts';
import { documentRanges, type TextRange } from './documents.ts';
import { readJson } from './json-text.ts';
import { LIMITS } from './limits.ts';
import { problem, wholeFile } from './problem.ts';
import type { SourceFile } from './source.ts';
import { sourceText } from './source-text.ts';
import { charactersOf, yamlValue } from './yaml-value.ts';

export const RESOURCE_LIST_VERSIONS = ['config.kubernetes.io/v1', 'config.kubernetes.io/v1beta1'] as const;

export interface ResourceItem {
  readonly value: Json;
  /** Its lines, the first with the dash, at column 1, ending with a line break; null when only the value is known. */
  readonly text: string | null;
}

export interface ResourceList {
  readonly apiVersion: (typeof RESOURCE_LIST_VERSIONS)[number];
  readonly items: readonly ResourceItem[];
  /** Null when there is none. */
  readonly functionConfig: Json;
  /** True when the text is JSON or one map in braces: the answer then should be JSON. */
  readonly isJson: boolean;
}

/** The ResourceList in `file`, or null and at least one error among `diagnostics`. */
export function readResourceList(file: SourceFile, diagnostics: Diagnostic[]): ResourceList | null {
  if (file.bytes.length > LIMITS.inputBytes) {
    const message = `the input has ${file.bytes.length} bytes, expected at most ${LIMITS.inputBytes}`;
    diagnostics.push(problem('size-limit', message, wholeFile(file.name), 'run the function on parts of it'));
    return null;
  }
  const decoded = decode(file);
  if (typeof decoded !== 'string') {
    diagnostics.push(decoded);
    return null;
  }
  const text = decoded.replaceAll('\r\n', '\n');
  const json = readJson(text, { start: 0, end: text.length }, newBudget());
  if (json !== null) {
    if (json.length > 1) diagnostics.push(notAResourceList(file.name, `${json.length} JSON values`));
    return json.length > 1 ? null : resourceList(json[0]!.value, null, true, file.name, diagnostics);
  }
  const inParts = cut(text);
  const read = inParts === null ? null : readParts(text, inParts, file.name);
  if (read !== null) {
    diagnostics.push(...read.warnings);
    return resourceList(read.rest, read.items, false, file.name, diagnostics);
  }
  return readWhole(text, file.name, diagnostics);
}

/** A list as one document, whatever its form; every mistake in the text is found here. */
function readWhole(text: string, name: string, diagnostics: Diagnostic[]): ResourceList | null {
  if (text.length > LIMITS.fileBytes) {
    const message = `the list, or an item of it, has more than ${LIMITS.fileBytes} characters that have to be read in one piece`;
    diagnostics.push(problem('size-limit', message, wholeFile(name), 'run the function on parts of it, each item in block style'));
    return null;
  }
  const source = sourceText(name, text);
  const characters = charactersOf(text);
  const budget = newBudget();
  const values: Json[] = [];
  for (const range of documentRanges(text, 2)) {
    const value = yamlValue(source, range, characters, budget, diagnostics);
    if (hasErrors(diagnostics)) return null;
    if (value !== undefined && value !== null) values.push(value);
  }
  if (values.length !== 1) {
    diagnostics.push(notAResourceList(name, values.length === 0 ? 'nothing' : 'several documents'));
    return null;
  }
  // JSON that its own reader leaves to this one, or close to it.
  return resourceList(values[0]!, null, text.trimStart().startsWith('{'), name, diagnostics);
}

function resourceList(
  value: Json,
  items: readonly ResourceItem[] | null,
  isJson: boolean,
  name: string,
  diagnostics: Diagnostic[],
): ResourceList | null {
  if (!isJsonObject(value)) {
    diagnostics.push(notAResourceList(name, Array.isArray(value) ? 'a list' : 'text'));
    return null;
  }
  const apiVersion = RESOURCE_LIST_VERSIONS.find((known) => known === value['apiVersion']);
  if (value['kind'] !== 'ResourceList' || apiVersion === undefined) {
    diagnostics.push(notAResourceList(name, `apiVersion ${shown(value['apiVersion'])} and kind ${shown(value['kind'])}`));
    return null;
  }
  const { items: own = null, functionConfig = null } = value;
  if (own !== null && !Array.isArray(own)) {
    diagnostics.push(notAResourceList(name, 'items that are no list'));
    return null;
  }
  const found = items ?? ((own ?? []) as readonly Json[]).map((item) => ({ value: item, text: null }));
  if (found.length > LIMITS.objects) {
    diagnostics.push(problem('size-limit', `the input has more than ${LIMITS.objects} objects`, wholeFile(name)));
    return null;
  }
  return { apiVersion, items: found, functionConfig, isJson };
}

function shown(value: Json | undefined): string {
  return typeof value === 'string' ? quoted(value) : 'none';
}

function notAResourceList(name: string, found: string): Diagnostic {
  return problem('resource-list', `found ${found}; expected a ResourceList of ${RESOURCE_LIST_VERSIONS.join(' or ')}`, wholeFile(name));
}

interface Parts {
  /** Where each item stands, with the comments above it. */
  readonly items: readonly TextRange[];
  /** The column of the dashes. */
  readonly indent: number;
  /** All other lines. */
  readonly rest: string;
}

/** The list in block style, cut by its indentation; null where it is written in any other way. */
function cut(text: string): Parts | null {
  const header = /(?:^|\n)items:[ \t]*(?:#[^\n]*)?\n/.exec(text);
  if (header === null) return null;
  const items: { start: number; end: number }[] = [];
  let indent = -1;
  let position = header.index + header[0].length;
  // Comments and blank lines at the list's own column belong to the item that follows.
  let pending = position;
  while (position < text.length) {
    let first = position;
    while (text[first] === ' ') first += 1;
    const column = first - position;
    const newline = text.indexOf('\n', first);
    const next = newline === -1 ? text.length : newline + 1;
    const sign = text[first];
    const isDash = sign === '-' && (text[first + 1] === ' ' || text[first + 1] === '\n');
    if (isDash && (indent === -1 || column === indent)) {
      indent = column;
      items.push({ start: pending, end: next });
      pending = next;
    } else if (indent !== -1 && column > indent && sign !== '\n') {
      items.at(-1)!.end = next;
      pending = next;
    } else if (indent !== -1 && column === 0 && sign !== '\t' && sign !== '\n' && sign !== '#') {
      break;
    } else if (sign !== undefined && sign !== '\n' && sign !== '#') {
      return null;
    }
    if (items.length > LIMITS.objects) return null;
    position = next;
  }
  const last = items.at(-1);
  if (last === undefined) return null;
  // What stands below the last item has no other to belong to.
  last.end = pending + text.slice(pending, position).trimEnd().length;
  return { items, indent, rest: `${text.slice(0, header.index + 1)}${text.slice(position)}` };
}

/** The lines of an item as if its dash stood in column 1. */
function itemText(text: string, { start, end }: TextRange, indent: number): string {
  const lines = text.slice(start, end);
  const whole = lines.endsWith('\n') ? lines : `${lines}\n`;
  return indent === 0 ? whole : whole.replaceAll(new RegExp(`^ {1,${indent}}`, 'gm'), '');
}

/** The values of all parts, or null when any of them has to be read together with the others, or is wrong. */
function readParts(
  text: string,
  { items, indent, rest }: Parts,
  name: string,
): { rest: Json; items: ResourceItem[]; warnings: Diagnostic[] } | null {
  const warnings: Diagnostic[] = [];
  const budget = newBudget();
  if (documentRanges(rest, 2).length !== 1) return null;
  const restValue = partValue(rest, name, budget, warnings);
  if (restValue === undefined || !isJsonObject(restValue) || Object.hasOwn(restValue, 'items')) return null;
  const read: ResourceItem[] = [];
  for (const [index, range] of items.entries()) {
    const own = itemText(text, range, indent);
    const found: Diagnostic[] = [];
    const value = partValue(own.replace(/^-/m, ' '), name, budget, found);
    // The lines of a part are not those of the list.
    warnings.push(...found.map((warning) => ({ ...warning, location: { ...wholeFile(name), field: `items[${index}]` } })));
    if (value === undefined) return null;
    read.push({ value, text: own });
  }
  return { rest: restValue, items: read, warnings };
}

function partValue(text: string, name: string, budget: Budget, warnings: Diagnostic[]): Json | undefined {
  if (text.length > LIMITS.fileBytes) return undefined;
  const [range, second] = documentRanges(text, 2);
  if (range === undefined || second !== undefined) return undefined;
  const found: Diagnostic[] = [];
  const value = yamlValue(sourceText(name, text), range, charactersOf(text), budget, found);
  if (hasErrors(found)) return undefined;
  warnings.push(...found);
  return value;
}
