import type { Diagnostic } from './diagnostic.ts';

/** The diagnostics as a JSON document for other programs: an array in the given order, every field always present. */
export function diagnosticsJson(diagnostics: readonly Diagnostic[]): string {
  const items = diagnostics.map(({ severity, rule, message, hint, location }) => ({
    file: location.file,
    line: location.line,
    column: location.column,
    endColumn: location.column + location.length,
    severity,
    rule,
    message,
    hint: hint ?? null,
  }));
  return `${JSON.stringify(items, null, 2)}\n`;
}
