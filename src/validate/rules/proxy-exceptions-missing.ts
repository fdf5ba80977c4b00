import { agentVariables, type Variable } from '../environment.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const PROXY = /^(?:https?|all)_proxy$/i;
const EXCEPTIONS = /^no_proxy$/i;
const LOCAL = /(?:^|[\s,])(?:localhost|127\.0\.0\.1|127\.0\.0\.0\/8|\*)(?:[\s,:]|$)/;

/** A value that is a reference is taken to be right. */
function keepsLocal({ name, value }: Variable): boolean {
  return EXCEPTIONS.test(name) && (value === undefined || LOCAL.test(value));
}

export const proxyExceptionsMissing: Rule = {
  id: 'proxy-exceptions-missing',
  severity: 'warning',
  summary: 'Requests go through a proxy, also those that are meant for other containers of the pod.',
  hint: 'set NO_PROXY to "localhost,127.0.0.1,::1" and the names of what is in the cluster',
  check(context: RuleContext) {
    const { env, envFrom } = context.instance.spec;
    if (env === undefined && envFrom === undefined) return [];
    const variables = agentVariables(context);
    if (variables.some(keepsLocal)) return [];
    return variables
      .filter(({ name, value }) => PROXY.test(name) && value !== '')
      .map(({ name, path }) => ({
        path,
        message: `${safelyQuoted(name)} is set without "NO_PROXY"; expected requests to the pod's own 127.0.0.1 to stay in the pod`,
      }));
  },
};
