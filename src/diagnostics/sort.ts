import { byCodeUnits } from '../lib/code-unit-order.ts';
import type { Diagnostic } from './diagnostic.ts';

/** A copy in the order of file, line, column, field and rule, each diagnostic once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort(compare);
  return sorted.filter((diagnostic, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compare(previous, diagnostic) !== 0;
  });
}

function compare(left: Diagnostic, right: Diagnostic): number {
  return (
    byCodeUnits(left.location.file, right.location.file) ||
    left.location.line - right.location.line ||
    left.location.column - right.location.column ||
    byCodeUnits(left.location.field ?? '', right.location.field ?? '') ||
    byCodeUnits(left.rule, right.rule) ||
    byCodeUnits(left.severity, right.severity) ||
    byCodeUnits(left.message, right.message) ||
    byCodeUnits(left.hint ?? '', right.hint ?? '') ||
    left.location.length - right.location.length
  );
}
