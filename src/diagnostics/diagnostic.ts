/**
 * A user's mistake, as a value. Stages collect diagnostics and never throw them;
 * `format.ts` turns them into text, `json.ts` into JSON, and only `commands/` prints.
 */

export type Severity = 'error' | 'warning';

/** A place in the user's own text. Lines and columns count from 1; columns count UTF-16 code units. */
export interface Location {
  /** Path as the user gave it, with `/` as separator; `-` is standard input. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Width of the caret underline in code units, at least 1. */
  readonly length: number;
  /** The whole source line without its line break, for the excerpt; absent when there is no text to show. */
  readonly sourceLine?: string | undefined;
  /** The field that is meant, empty for the whole object, where the user's own lines are not known: line and column say nothing then. */
  readonly field?: string | undefined;
}

/** Where something stands, for a sentence: `bots/ada.yaml:3`, or the object and its field where lines are not known. */
export function placeText({ file, line, field }: Location): string {
  if (field === undefined) return `${file}:${line}`;
  return field === '' ? file : `${file}, ${field}`;
}

export interface Diagnostic {
  readonly severity: Severity;
  /** Rule id: file name in `validate/rules/`, heading in the docs, golden folder; `schema/<keyword>` and `parse/<code>` for the earlier stages. */
  readonly rule: string;
  /** What was found, quoted; then what was expected. One sentence without a final full stop. Never a secret. */
  readonly message: string;
  /** One thing the reader can do about it. */
  readonly hint?: string | undefined;
  readonly location: Location;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
