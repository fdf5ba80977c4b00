/** Diagnostics in the forms of other programs; loaded by who asks for one. */
import packageJson from '../../package.json' with { type: 'json' };
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { githubCommands } from '../diagnostics/github.ts';
import { sarifLog, type RuleText } from '../diagnostics/sarif.ts';
import { ruleCatalogue } from '../generated/rule-catalogue.ts';

export function reportText(diagnostics: readonly Diagnostic[], form: 'github' | 'sarif'): string {
  if (form === 'github') return githubCommands(diagnostics);
  return sarifLog(diagnostics, { version: packageJson.version, rules: new Map<string, RuleText>(Object.entries(ruleCatalogue)) });
}
