import { isJsonObject, type Json } from '../../lib/json.ts';
import type { Path } from '../../parse/source.ts';
import { configPlace, pointer } from '../config-place.ts';
import { closedEndpoint, endpointOf, type ClosedEndpoint } from '../egress.ts';
import { agentVariables } from '../environment.ts';
import { ollamaModelHost } from '../ollama-model.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** Keys and variables that name something to connect to; what others connect to is left alone. */
const OUTGOING = /(?:url|endpoint|uri|host|_proxy)$/i;
const INCOMING = /public|webhook|callback|redirect|origin|homepage|issuer|external/i;
const PROXY = /^(?:https?|all)_proxy$/i;

const POLICY = 'spec.security.networkPolicy';
const FIELDS: Readonly<Record<ClosedEndpoint, string>> = {
  'a private address': `"${POLICY}.allowedEgressCIDRs" or "${POLICY}.additionalEgress"`,
  'a public address': `"${POLICY}.additionalEgress"`,
  'a name inside the cluster': `"${POLICY}.additionalEgress"`,
  'a public name': `"${POLICY}.additionalEgress"`,
};

function isOutgoing(name: string): boolean {
  return OUTGOING.test(name) && !INCOMING.test(name);
}

/** The addresses below `value`, each with its place. */
function addresses(value: Json, path: Path): { readonly path: Path; readonly text: string }[] {
  if (typeof value === 'string') return typeof path.at(-1) === 'string' && isOutgoing(path.at(-1) as string) ? [{ path, text: value }] : [];
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => addresses(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => addresses(item, [...path, key]));
}

export const egressClosed: Rule = {
  id: 'egress-closed',
  severity: 'warning',
  summary: 'The configuration, a variable or a model names an address that the NetworkPolicy keeps the agent from.',
  hint: 'open exactly that destination; by default only DNS and port 443 of public addresses are open',
  check(context: RuleContext) {
    const { config, networkPolicy } = context.resolved;
    if (!networkPolicy.enabled) return [];
    const findings: Finding[] = [];
    const check = (what: string, text: string, place: Pick<Finding, 'path' | 'object'>): void => {
      const endpoint = endpointOf(text);
      const closed = endpoint === null ? null : closedEndpoint(endpoint, networkPolicy);
      if (endpoint === null || closed === null) return;
      findings.push({
        ...place,
        message: `${what} leads to ${closed}, port ${endpoint.port}, which is closed; expected it in ${FIELDS[closed]}`,
      });
    };
    for (const { path, text } of addresses(config.base, []))
      check(`${pointer(path)} of the configuration`, text, configPlace(context, path));
    for (const [index, model] of (context.resolved.ollama?.models ?? []).entries()) {
      const host = ollamaModelHost(model);
      if (host !== null)
        check(`the registry of the model ${safelyQuoted(model)}`, `https://${host}`, { path: ['spec', 'ollama', 'models', index] });
    }
    const { env, envFrom } = context.instance.spec;
    if (env === undefined && envFrom === undefined) return findings;
    for (const { name, value, path } of agentVariables(context)) {
      if (value === undefined || !isOutgoing(name)) continue;
      const text = PROXY.test(name) && !value.includes('://') ? `http://${value}` : value;
      check(safelyQuoted(name), text, { path });
    }
    return findings;
  },
};
