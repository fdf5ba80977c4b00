import JSON5 from 'json5';
import type { Json } from './json.ts';

export type Json5Result = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: string };

/** Reads JSON or JSON5; a failure names the line and column but never shows the text, which may hold credentials. */
export function parseJson5(text: string): Json5Result {
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch {
    // JSON5 is the superset; its error has the position.
  }
  try {
    return { ok: true, value: JSON5.parse<Json>(text) };
  } catch (error) {
    const position = error as { lineNumber?: number; columnNumber?: number };
    return { ok: false, problem: `is not JSON5 (line ${position.lineNumber ?? 1}, column ${position.columnNumber ?? 1})` };
  }
}
