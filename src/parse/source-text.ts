import type { Location } from '../diagnostics/diagnostic.ts';
import { excerptOf } from './excerpt.ts';
import type { Path } from './source.ts';

/** A decoded file with its lines, which are looked for when the first position is asked for. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
  /** A line counted from 1, without its line break; empty when there is no such line. */
  readonly line: (number: number) => string;
  /** Line and column of an offset, both counted from 1. */
  readonly position: (offset: number) => { readonly line: number; readonly column: number };
}

export function sourceText(name: string, text: string): SourceText {
  let found: number[] | undefined;
  function lineStarts(): readonly number[] {
    if (found !== undefined) return found;
    found = [0];
    for (let newline = text.indexOf('\n'); newline !== -1; newline = text.indexOf('\n', newline + 1)) found.push(newline + 1);
    return found;
  }

  function line(number: number): string {
    const start = lineStarts()[number - 1];
    if (start === undefined) return '';
    const next = lineStarts()[number];
    const content = text.slice(start, next === undefined ? undefined : next - 1);
    return content.endsWith('\r') ? content.slice(0, -1) : content;
  }

  function position(offset: number): { line: number; column: number } {
    const starts = lineStarts();
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  return { name, text, line, position };
}

/** The place of `[start, end)` in a file, cut to its first line; `path` says whose value it is, for what the excerpt may show. */
export function locationAt(source: SourceText, start: number, end: number, path: Path = []): Location {
  const { line, column } = source.position(start);
  const excerpt = excerptOf(source, line, path);
  const lineStart = start - column + 1;
  const visibleEnd = Math.min(end, lineStart + excerpt.length);
  return { file: source.name, line, column, length: Math.max(1, visibleEnd - start), sourceLine: excerpt.text };
}
