import type { Diagnostic } from './diagnostic.ts';
import { printable } from './printable.ts';

/**
 * The diagnostics as workflow commands of GitHub Actions, one a line, which become annotations of a pull request. Runners read them
 * on standard error, too.
 */
export function githubCommands(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(command).join('');
}

function command({ severity, rule, message, hint, location }: Diagnostic): string {
  const { file, line, column, length, field } = location;
  // Standard input, and an object whose lines are not known, are no file that could be annotated.
  const isFile = file !== '-' && field === undefined;
  const place = { file: printable(file), line, endLine: line, col: column, endColumn: column + length - 1 };
  const properties = Object.entries({ ...(isFile ? place : {}), title: rule }).map(
    ([key, value]) => `${key}=${escapedProperty(String(value))}`,
  );
  const text = hint === undefined ? printable(message) : `${printable(message)}\nhint: ${printable(hint)}`;
  return `::${severity} ${properties.join(',')}::${escaped(text)}\n`;
}

/** As the runner reads it back: the percent sign first. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
