import { configBase } from '../../resolve/config.ts';
import { configPlace } from '../config-place.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** POD-248. */
export const configUnreadable: Rule = {
  id: 'config-unreadable',
  severity: 'error',
  summary: 'The configuration in the referenced ConfigMap is neither JSON nor JSON5, or no object.',
  hint: 'correct the text; JSON5 may have comments, bare keys and trailing commas',
  check(context: RuleContext) {
    if (context.instance.spec.config?.configMapRef === undefined) return [];
    const base = configBase(context.instance, context.companions);
    if (base.kind !== 'unreadable') return [];
    return [
      {
        ...configPlace(context, []),
        message: `key ${safelyQuoted(base.key)} of ConfigMap ${safelyQuoted(base.name)} ${base.problem}; expected an object in JSON or JSON5`,
      },
    ];
  },
};
