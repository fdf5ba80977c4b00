import { columnsOf } from './columns.ts';
import { placeText, type Diagnostic, type Location } from './diagnostic.ts';
import { printable } from './printable.ts';
import { counted } from './report.ts';

export interface FormatOptions {
  /** Paint for a terminal; off by default, since Argo CD shows escape sequences as they are. */
  readonly colour?: boolean | undefined;
  /** At most so many bytes of UTF-8, for places that lose long messages: errors come first then, and the rest is counted. */
  readonly maxBytes?: number | undefined;
}

const BOLD = '\u001b[1m';
const RED = '\u001b[1;31m';
const YELLOW = '\u001b[1;33m';
const BLUE = '\u001b[34m';
const RESET = '\u001b[0m';

/** The widest excerpt; of longer lines the part around the caret is shown. */
const EXCERPT_WIDTH = 120;

/** The diagnostics as text for people, in the given order, each with its line of source and a hint; ends with a line break unless empty. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], { colour = false, maxBytes }: FormatOptions = {}): string {
  if (maxBytes === undefined)
    return diagnostics.map((diagnostic, index) => formatNext(diagnostics[index - 1], diagnostic, colour)).join('');
  const ordered = [...diagnostics.filter(isError), ...diagnostics.filter((diagnostic) => !isError(diagnostic))];
  return formatAtMost(ordered, colour, maxBytes);
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}

function formatAtMost(diagnostics: readonly Diagnostic[], colour: boolean, maxBytes: number): string {
  let text = '';
  let bytes = 0;
  for (const [index, diagnostic] of diagnostics.entries()) {
    const next = formatNext(diagnostics[index - 1], diagnostic, colour);
    const nextBytes = byteLength(next);
    const rest = moreLine(diagnostics.slice(index + 1));
    if (bytes + nextBytes + byteLength(rest) > maxBytes) return text + moreLine(diagnostics.slice(index));
    text += next;
    bytes += nextBytes;
  }
  return text;
}

function moreLine(left: readonly Diagnostic[]): string {
  return left.length === 0 ? '' : `… and ${counted(left, ' more').join(', ')}\n`;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** One diagnostic after another: what a rule says of the same place once more needs neither its excerpt nor its hint again. */
function formatNext(previous: Diagnostic | undefined, diagnostic: Diagnostic, colour: boolean): string {
  const { severity, rule, message, hint, location } = diagnostic;
  const paint = colour ? painted : plain;
  const place = printable(
    location.field === undefined ? `${location.file}:${location.line}:${location.column}:` : `${placeText(location)}:`,
  );
  let text = `${paint(BOLD, place)} ${paint(severity === 'error' ? RED : YELLOW, `${severity}:`)} ${printable(message)} [${rule}]\n`;
  if (previous !== undefined && saysMoreOf(previous, diagnostic)) return text;
  if (location.sourceLine !== undefined) text += excerpt(location, location.sourceLine, paint);
  if (hint !== undefined) text += `  ${paint(BOLD, 'hint:')} ${printable(hint)}\n`;
  return text;
}

function saysMoreOf(previous: Diagnostic, { rule, hint, location }: Diagnostic): boolean {
  const { file, line, column, length, field } = previous.location;
  const isSamePlace = file === location.file && line === location.line && column === location.column && length === location.length;
  return isSamePlace && field === location.field && previous.rule === rule && previous.hint === hint;
}

type Paint = (style: string, text: string) => string;

function painted(style: string, text: string): string {
  return `${style}${text}${RESET}`;
}

function plain(_style: string, text: string): string {
  return text;
}

/** The line of source with its number, and the caret line below it. */
function excerpt({ line, column, length }: Location, sourceLine: string, paint: Paint): string {
  const view = window(sourceLine, column - 1, length);
  const number = String(line).padStart(5);
  const caret = `${' '.repeat(columnsOf(view.before))}${'^'.repeat(Math.max(1, columnsOf(view.marked)))}`;
  return `${paint(BLUE, `${number} |`)} ${view.before}${view.marked}${view.after}\n${paint(BLUE, `${' '.repeat(number.length)} |`)} ${paint(RED, caret)}\n`;
}

/** The line in three parts, printable, and cut where it is too long for one line of a terminal. */
function window(sourceLine: string, start: number, length: number): { before: string; marked: string; after: string } {
  // A hidden value leaves the line shorter than the place that is meant: the caret then stands below the last character.
  const from = Math.max(0, Math.min(start, sourceLine.length - 1));
  const to = Math.min(from + Math.max(1, length), sourceLine.length);
  let before = shown(sourceLine.slice(0, from));
  let marked = shown(sourceLine.slice(from, to));
  let after = shown(sourceLine.slice(to));
  if (marked.length > EXCERPT_WIDTH / 2) {
    marked = `${wholeCharacters(marked, 0, EXCERPT_WIDTH / 2)}…`;
    after = '';
  }
  const room = EXCERPT_WIDTH - marked.length;
  if (before.length + after.length > room) {
    const forAfter = Math.min(after.length, Math.floor(room / 3));
    const forBefore = room - forAfter;
    if (before.length > forBefore) before = `…${wholeCharacters(before, before.length - forBefore, before.length)}`;
    if (after.length > room - before.length) after = `${wholeCharacters(after, 0, Math.max(0, room - before.length))}…`;
  }
  return { before, marked, after };
}

/** A tab is shown as one space, so that the caret line needs no tabs. */
function shown(text: string): string {
  return printable(text.replaceAll('\t', ' '));
}

function wholeCharacters(text: string, from: number, to: number): string {
  return text.slice(from, to).replaceAll(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
