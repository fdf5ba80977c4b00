/** Turns the nodes of a YAML document into plain data, as kubectl reads them, with anchors and merge keys expanded. */
import type { Alias, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { isAlias, isMap, isScalar } from 'yaml';
import type { Json, JsonObject } from '../lib/json.ts';
import type { Budget } from './budget.ts';
import { valuesLeft } from './budget.ts';
import { LIMITS } from './limits.ts';
import { plainScalar } from './plain-scalar.ts';
import type { ParseCode } from './problem.ts';
import { PARSE_PROBLEMS } from './problem.ts';
import type { DocumentFault } from './yaml-document.ts';

type Node = ParsedNode | null;
type Plain = { [key: string]: Json };

/** What an anchor stands for; `value` is undefined while the anchored node itself is still being read. */
interface Anchored {
  readonly value: Json | undefined;
  /** Characters that one use of it adds. */
  readonly characters: number;
}

const MERGE_KEY = '<<';
/** Weight of a value beside its text, for the expansion limit. */
const CHARACTERS_PER_VALUE = 8;
/** A document that is wrong everywhere need not be told everything. */
const MOST_FAULTS = 20;
/** Tags that may be named in a message; any other could be an unquoted secret that starts with an exclamation mark. */
const KNOWN_TAGS: ReadonlySet<string> = new Set(['binary', 'map', 'omap', 'pairs', 'seq', 'set', 'timestamp']);
const TAG_PREFIX = 'tag:yaml.org,2002:';
/** Written like this, a fraction reads the same as a key in every language. */
const SIMPLE_FRACTION = /^-?(?:0|[1-9][0-9]{0,3})\.[0-9]{0,2}[1-9]$/;

/** Reads a whole document; with any fault the value is not to be used. `text` is the document's own. */
export function plainData(root: Node, text: string, budget: Budget): { readonly value: Json; readonly faults: readonly DocumentFault[] } {
  const faults: DocumentFault[] = [];
  let errors = 0;
  const anchors = new Map<string, Anchored>();
  const hasUnfinishedLine = /[^ \n]/.test(text.slice(text.lastIndexOf('\n') + 1));
  let characters = 0;
  let stopped = false;

  const value = data(root);
  return { value, faults };

  function fault(code: ParseCode, message: string, node: Node, hint?: string): null {
    if (PARSE_PROBLEMS[code].severity === 'error') {
      errors += 1;
      if (errors >= MOST_FAULTS) stopped = true;
    } else if (faults.length - errors >= MOST_FAULTS) {
      return null;
    }
    const [start, end] = node?.range ?? [0, 1];
    faults.push({ code, message, start, end, ...(hint === undefined ? {} : { hint }) });
    return null;
  }

  function data(node: Node): Json {
    if (node === null || stopped) return null;
    if (isAlias(node)) return aliasData(node);
    budget.values += 1;
    if (!valuesLeft(budget)) {
      stopped = true;
      return fault('size-limit', `the input has more than ${LIMITS.values} values`, node);
    }
    const anchor = node.anchor;
    if (anchor === undefined) return ownData(node);
    anchors.set(anchor, { value: undefined, characters: 0 });
    const before = characters;
    const own = ownData(node);
    anchors.set(anchor, { value: own, characters: characters - before });
    return own;
  }

  function ownData(node: Exclude<ParsedNode, Alias.Parsed>): Json {
    characters += CHARACTERS_PER_VALUE;
    if (isScalar(node)) return scalarData(node);
    const tag = node.tag;
    const isOfTag = tag === undefined || tag === TAG_PREFIX + (isMap(node) ? 'map' : 'seq');
    if (!isOfTag) return unknownTag(tag, node);
    return isMap(node) ? mapData(node) : listData(node);
  }

  function listData(node: YAMLSeq.Parsed): Json {
    const list: Json[] = [];
    for (const item of node.items) list.push(data(item));
    return list;
  }

  function mapData(node: YAMLMap.Parsed): Json {
    const map: Plain = {};
    const merged = new Set<string>();
    let hasMerge = false;
    for (const { key: keyNode, value: valueNode } of node.items) {
      if (stopped) break;
      if (isMergeKey(keyNode)) {
        if (hasMerge)
          fault(
            'duplicate-key',
            `found "${MERGE_KEY}" twice in one map`,
            keyNode,
            `merge several maps with one list: "${MERGE_KEY}: [*a, *b]"`,
          );
        hasMerge = true;
        mergeInto(map, merged, valueNode);
        continue;
      }
      const key = keyText(keyNode);
      // The value is read in any case: it may define anchors, and has faults of its own.
      const value = data(valueNode);
      if (key === null) continue;
      characters += key.length;
      if (key === '__proto__') fault('reserved-key', 'found the key "__proto__", which is not data in many programs', keyNode);
      else if (Object.hasOwn(map, key) && !merged.delete(key))
        fault('duplicate-key', `found the key ${JSON.stringify(key)} twice in one map`, keyNode);
      else map[key] = value;
    }
    return map;
  }

  function mergeInto(map: Plain, merged: Set<string>, valueNode: Node): void {
    const source = data(valueNode);
    if (stopped) return;
    // An alias of a list is not taken: kubectl does not either.
    const list = Array.isArray(source) && !isAlias(valueNode) ? source : [source];
    for (const item of list) {
      if (!isObject(item)) {
        fault('merge', `found ${kindOf(item)} to merge`, valueNode);
        continue;
      }
      for (const [key, value] of Object.entries(item)) {
        expand(CHARACTERS_PER_VALUE + key.length, valueNode);
        if (stopped) return;
        if (!Object.hasOwn(map, key)) {
          map[key] = value;
          merged.add(key);
        } else if (!merged.has(key)) {
          fault('merge-order', `the merged map has the key ${JSON.stringify(key)}, which stands before the merge as well`, valueNode);
        }
      }
    }
  }

  function aliasData(node: Alias.Parsed): Json {
    const anchored = anchors.get(node.source);
    if (anchored === undefined)
      return fault(
        'alias',
        'found an alias (*) without an anchor of its name',
        node,
        'define the anchor (&name) earlier in the same document, or quote the value if it is meant as text',
      );
    if (anchored.value === undefined) return fault('alias', 'found an alias inside of what it refers to', node);
    expand(anchored.characters, node);
    return stopped ? null : anchored.value;
  }

  function expand(added: number, node: Node): void {
    characters += added;
    budget.expansionCharacters += added;
    if (budget.expansionCharacters <= LIMITS.expansionCharacters || stopped) return;
    stopped = true;
    fault('expansion-limit', `aliases and merge keys add more than ${LIMITS.expansionCharacters} characters to the input`, node);
  }

  function scalarData(node: Scalar.Parsed): Json {
    const source = sourceOf(node);
    characters += source.length;
    const { tag } = node;
    if (tag === undefined) {
      if (node.type !== 'PLAIN') return wellFormed(source, node);
      const value = plainScalar(source);
      return value === undefined ? inexact(node) : value;
    }
    if (tag === '!' || tag === `${TAG_PREFIX}str`) return wellFormed(source, node);
    const type = tag.startsWith(TAG_PREFIX) ? tag.slice(TAG_PREFIX.length) : '';
    if (type !== 'int' && type !== 'float' && type !== 'bool' && type !== 'null') return unknownTag(tag, node);
    const value = plainScalar(source);
    if (value === undefined) return inexact(node);
    const fits =
      type === 'bool'
        ? typeof value === 'boolean'
        : type === 'null'
          ? value === null
          : typeof value === 'number' && (type === 'float' || Number.isInteger(value));
    return fits ? value : fault('tag', `the value after "!!${type}" is not of that type`, node);
  }

  /** The text of a scalar; kubectl adds no line break to block text at the very end of a file that has none. */
  function sourceOf(node: Scalar.Parsed): string {
    const source = String(node.value);
    const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    return isBlock && hasUnfinishedLine && node.range[1] >= text.length && source.endsWith('\n') ? source.slice(0, -1) : source;
  }

  function wellFormed(source: string, node: Node): Json {
    return source.isWellFormed()
      ? source
      : fault('surrogate', 'found half of a character: an escape between \\ud800 and \\udfff without its partner', node);
  }

  function inexact(node: Node): null {
    return fault('number', 'found a number that cannot be kept exactly, expected an integer up to 2^53 or a finite number', node);
  }

  function unknownTag(tag: string, node: Node): null {
    const name = tag.slice(TAG_PREFIX.length);
    return fault(
      'tag',
      tag.startsWith(TAG_PREFIX) && KNOWN_TAGS.has(name) ? `found the tag "!!${name}"` : 'found a tag',
      node,
      name === 'binary' ? 'write text, or base64 under binaryData of a ConfigMap or data of a Secret' : undefined,
    );
  }

  /** The key as text, or null when it is reported instead. Numbers and booleans become text, as in JSON. */
  function keyText(node: Node): string | null {
    if (!isScalar(node)) return fault('complex-key', `found ${isMap(node) ? 'a map' : isAlias(node) ? 'an alias' : 'a list'} as key`, node);
    const faultsBefore = faults.length;
    const value = data(node);
    if (stopped || faults.length > faultsBefore) return null;
    if (typeof value === 'string') return value;
    if (typeof value !== 'number' && typeof value !== 'boolean') return fault('complex-key', 'found an empty key', node);
    const source = sourceOf(node);
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      return SIMPLE_FRACTION.test(source) ? source : fault('number', 'found a fraction as key', node);
    }
    const text = String(value);
    if (text !== source) fault('key-read-as', `the key ${JSON.stringify(source)} is read as ${JSON.stringify(text)}`, node);
    return text;
  }
}

function isMergeKey(node: Node): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.tag === undefined && node.value === MERGE_KEY;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'nothing' : 'a single value';
}
