import type { Diagnostic, Severity } from './diagnostic.ts';

/** How many of each there are, for the last line of a report: `2 errors, 1 warning`; empty without any. */
export function summaryLine(diagnostics: readonly Diagnostic[]): string {
  return counted(diagnostics).join(', ');
}

/** The counts that are not zero, errors first. */
export function counted(diagnostics: readonly Diagnostic[], adjective = ''): string[] {
  const parts: string[] = [];
  for (const severity of ['error', 'warning'] satisfies Severity[]) {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    if (count > 0) parts.push(`${count}${adjective} ${severity}${count === 1 ? '' : 's'}`);
  }
  return parts;
}
