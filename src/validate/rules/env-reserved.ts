import { agentVariables } from '../environment.ts';
import { podVariable } from '../known-variables.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const envReserved: Rule = {
  id: 'env-reserved',
  severity: 'warning',
  summary: 'A variable of the user shadows one that the pod is built on.',
  hint: 'delete it',
  check(context: RuleContext) {
    const { env, envFrom } = context.instance.spec;
    if (env === undefined && envFrom === undefined) return [];
    const findings: Finding[] = [];
    for (const { name, value, path, origin } of agentVariables(context)) {
      const known = podVariable(name, context.resolved);
      if (known !== undefined) {
        if ((origin === 'envFrom' && known.always === true) || (value !== undefined && value === known.ours)) continue;
        findings.push({
          path,
          ...(known.breaks === true ? { severity: 'error' as const } : {}),
          message: `${safelyQuoted(name)} is set; expected it to be left alone, since ${known.why}`,
        });
      } else if (name === 'NODE_EXTRA_CA_CERTS' && origin === 'env' && context.resolved.caBundle !== null) {
        findings.push({ path, message: `"${name}" gives way to "security.caBundle"; expected one of the two` });
      }
    }
    return findings;
  },
};
