import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { RuleContext } from './rule.ts';
import { rules } from './rules/index.ts';

/** Every finding of every rule about one instance, at its place in the user's text. */
export function checkRules(context: RuleContext): Diagnostic[] {
  return rules.flatMap((rule) =>
    rule.check(context).map((finding) => ({
      severity: finding.severity ?? rule.severity,
      rule: rule.id,
      message: finding.message,
      hint: finding.hint ?? rule.hint,
      location: (finding.object ?? context.instance.source).locate(finding.path, finding.part),
    })),
  );
}
