/** SARIF 2.1.0, which code scanning reads: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
import type { Diagnostic, Location, Severity } from './diagnostic.ts';
import { printable } from './printable.ts';

/** What is known of a rule apart from its findings. */
export interface RuleText {
  readonly severity: Severity;
  readonly summary?: string;
  readonly hint?: string;
}

export interface SarifTool {
  readonly version: string;
  /** By rule id. */
  readonly rules: ReadonlyMap<string, RuleText>;
}

/** One run, with the rules that its results name. Columns count UTF-16 code units, as those of diagnostics do. */
export function sarifLog(diagnostics: readonly Diagnostic[], { version, rules }: SarifTool): string {
  const ids = [...new Set(diagnostics.map(({ rule }) => rule))];
  const driver = { name: 'openclaw-gitops', version, rules: ids.map((id) => descriptor(id, rules.get(id))) };
  const results = diagnostics.map(({ severity, rule, message, hint, location }) => ({
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: severity,
    message: { text: hint === undefined ? printable(message) : `${printable(message)}\nhint: ${printable(hint)}` },
    locations: [sarifLocation(location)],
  }));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(id: string, known: RuleText | undefined): object {
  return {
    id,
    ...(known?.summary === undefined ? {} : { shortDescription: { text: known.summary } }),
    ...(known?.hint === undefined ? {} : { help: { text: known.hint } }),
    defaultConfiguration: { level: known?.severity ?? 'error' },
  };
}

/** Of an object whose lines are not known, and of standard input, there is no region to mark. */
function sarifLocation({ file, line, column, length, field }: Location): object {
  if (field !== undefined) return { logicalLocations: [{ fullyQualifiedName: `${file} ${field}`.trim() }] };
  const region = { startLine: line, startColumn: column, endLine: line, endColumn: column + length };
  return { physicalLocation: { artifactLocation: artifactLocation(file), region } };
}

/** Relative to the directory that the command ran in, which is the checkout where results are uploaded from. */
function artifactLocation(file: string): object {
  const path = file.split('/').map((part) => encodeURIComponent(part.toWellFormed()));
  return file.startsWith('/') ? { uri: `file://${path.join('/')}` } : { uri: path.join('/'), uriBaseId: '%SRCROOT%' };
}
