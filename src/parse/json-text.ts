import type { Budget } from './budget.ts';
import { valuesLeft } from './budget.ts';
import type { TextRange } from './documents.ts';
import { LIMITS } from './limits.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { isJsonObject } from '../lib/json.ts';

export interface JsonText extends TextRange {
  readonly value: JsonObject;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * The objects of a JSON text, one or several after each other, or null where the general YAML reader has to look:
 * text that is not JSON, and JSON with something to refuse, since only that reader knows positions.
 */
export function readJson(text: string, range: TextRange, budget: Budget): JsonText[] | null {
  const found: JsonText[] = [];
  let position = range.start;
  while ((position = skipBlank(text, position, range.end)) < range.end) {
    if (text.charCodeAt(position) !== 0x7b) return null;
    const outline = outlineOf(text, position, range.end);
    // Seen before JSON.parse makes 20 times as much memory of the text; the general reader then says so.
    if (outline === null || outline.signs > LIMITS.tokensPerDocument) return null;
    const value = parsed(text.slice(position, outline.end));
    if (value === undefined) return null;
    const keys = countKeys(value, outline.hasEscape, budget);
    // JSON.parse keeps the last of equal keys without a word, so the keys are counted on both sides.
    if (keys !== outline.keys || !valuesLeft(budget)) return null;
    found.push({ value, start: position, end: outline.end });
    position = outline.end;
  }
  return found.length > 0 ? found : null;
}

function skipBlank(text: string, from: number, end: number): number {
  let position = from;
  while (position < end) {
    const code = text.charCodeAt(position);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    position += 1;
  }
  return position;
}

/**
 * Where the object that starts at `from` ends, how many keys and how many signs it has at all levels, and whether any string uses a `\u` escape.
 * Null when a key has an escape: JSON.parse of V8 13.6 then takes it for another key that an earlier object had in the same
 * place, if that one has a backslash in it (`{"\\":1}`, then `{"\u003e":1}`).
 */
function outlineOf(text: string, from: number, end: number): { end: number; keys: number; signs: number; hasEscape: boolean } | null {
  let depth = 0;
  let keys = 0;
  let signs = 0;
  let hasEscape = false;
  let lastStringIsEscaped = false;
  for (let position = from; position < end; position++) {
    switch (text.charCodeAt(position)) {
      case QUOTE: {
        position += 1;
        lastStringIsEscaped = false;
        for (let code; (code = text.charCodeAt(position)) !== QUOTE; position++) {
          if (position >= end) return null;
          if (code !== BACKSLASH) continue;
          lastStringIsEscaped = true;
          position += 1;
          if (text.charCodeAt(position) === 0x75) hasEscape = true;
        }
        break;
      }
      case 0x3a: // :
        if (lastStringIsEscaped) return null;
        keys += 1;
        break;
      case 0x2c: // ,
        signs += 1;
        break;
      case 0x7b: // {
      case 0x5b: // [
        depth += 1;
        signs += 1;
        if (depth > LIMITS.nesting) return null;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        depth -= 1;
        if (depth === 0) return { end: position + 1, keys, signs, hasEscape };
        break;
    }
  }
  return null;
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // The outline starts at `{`, so what JSON.parse accepts is an object.
    return value as JsonObject;
  } catch {
    return undefined;
  }
}

/** The number of keys at all levels, or NaN when there is something to refuse. Keys have no escapes here, so they are well-formed. */
function countKeys(value: Json, hasEscape: boolean, budget: Budget): number {
  budget.values += 1;
  if (typeof value === 'string') return hasEscape && !value.isWellFormed() ? Number.NaN : 0;
  if (typeof value === 'number') return isExact(value) ? 0 : Number.NaN;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) keys += countKeys(item, hasEscape, budget);
    return keys;
  }
  if (!isJsonObject(value)) return 0;
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return Number.NaN;
    keys += 1 + countKeys(value[key] ?? null, hasEscape, budget);
  }
  return keys;
}

function isExact(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
