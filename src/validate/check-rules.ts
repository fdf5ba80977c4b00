import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { findingPlace } from './finding-place.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';
import { rules } from './rules/index.ts';
import { silenced } from './silenced.ts';

const RULE_IDS = rules.map(({ id }) => id);

/** Every finding of every rule about one instance that it does not silence, at its place in the user's text or in the cluster's defaults. */
export function checkRules(context: RuleContext): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const rule of rules) {
    for (const finding of rule.check(context)) diagnostics.push(diagnosticOf(rule, finding, context));
  }
  return silenced(diagnostics, context.instance, RULE_IDS);
}

function diagnosticOf(rule: Rule, finding: Finding, { instance }: RuleContext): Diagnostic {
  const { object, path } = findingPlace(finding, instance);
  return {
    severity: finding.severity ?? rule.severity,
    rule: rule.id,
    message: finding.message,
    hint: finding.hint ?? rule.hint,
    location: object.locate(path, finding.part),
  };
}
