import { nearest } from '../../lib/nearest.ts';
import { agentVariables } from '../environment.ts';
import { DOCUMENTED_VARIABLES, podVariable } from '../known-variables.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const DOCUMENTED: ReadonlySet<string> = new Set(DOCUMENTED_VARIABLES);

export const envUnknown: Rule = {
  id: 'env-unknown',
  severity: 'warning',
  summary: 'A variable of OpenClaw is not documented: it has no effect, or one that may go away.',
  hint: 'delete it, or correct its spelling',
  check(context: RuleContext) {
    const { env, envFrom } = context.instance.spec;
    if (env === undefined && envFrom === undefined) return [];
    return agentVariables(context)
      .filter(({ name }) => name.startsWith('OPENCLAW_') && !DOCUMENTED.has(name) && podVariable(name, context.resolved) === undefined)
      .map(({ name, path }) => {
        const near = nearest(name, DOCUMENTED_VARIABLES);
        const message = `${safelyQuoted(name)} is not a documented variable of OpenClaw; expected one that is`;
        return { path, message, ...(near === null ? {} : { hint: `did you mean ${near}?` }) };
      });
  },
};
