import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { findingPlace } from './finding-place.ts';
import type { RuleContext } from './rule.ts';
import { rules } from './rules/index.ts';

/** Every finding of every rule about one instance, at its place in the user's text or in the cluster's defaults. */
export function checkRules(context: RuleContext): Diagnostic[] {
  return rules.flatMap((rule) =>
    rule.check(context).map((finding) => {
      const { object, path } = findingPlace(finding, context.instance);
      return {
        severity: finding.severity ?? rule.severity,
        rule: rule.id,
        message: finding.message,
        hint: finding.hint ?? rule.hint,
        location: object.locate(path, finding.part),
      };
    }),
  );
}
