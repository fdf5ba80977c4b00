import { parseQuantity } from '../../lib/quantity.ts';
import type { Path } from '../../parse/source.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userContainers } from '../user-containers.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

type Amounts = Readonly<Record<string, string | number | undefined>>;

function above(requests: Amounts, limits: Amounts, path: Path, isDefault: (resource: string) => boolean): Finding[] {
  const findings: Finding[] = [];
  for (const [resource, request] of Object.entries(requests)) {
    const limit = limits[resource];
    if (request === undefined || limit === undefined || request === '' || limit === '') continue;
    const [asked, allowed] = [parseQuantity(String(request)), parseQuantity(String(limit))];
    if (asked === null || allowed === null || asked <= allowed) continue;
    const from = isDefault(resource) ? 'the default limit' : 'the limit';
    const message = `the request for ${resource}, ${safelyQuoted(String(request))}, is above ${from} of ${safelyQuoted(String(limit))}; expected at most that`;
    findings.push({ path: [...path, 'requests', resource], message });
  }
  return findings;
}

/** The agent's amounts are compared after defaulting: a high request alone is above the default limit. */
export const requestsAboveLimits: Rule = {
  id: 'requests-above-limits',
  severity: 'error',
  summary: 'A container requests more than its limit.',
  hint: 'raise the limit, or lower the request',
  check({ instance, resolved }: RuleContext) {
    const { spec } = instance;
    const findings: Finding[] = [];
    if (spec.resources !== undefined) {
      const given: Amounts = { ...spec.resources.limits };
      findings.push(
        ...above(resolved.resources.requests, resolved.resources.limits, ['spec', 'resources'], (resource) => !given[resource]),
      );
    }
    for (const feature of ['chromium', 'ollama'] as const) {
      const given: Amounts = { ...spec[feature]?.resources?.limits };
      const { requests = {}, limits = {} } = resolved[feature]?.resources ?? {};
      findings.push(...above(requests, limits, ['spec', feature, 'resources'], (resource) => !given[resource]));
    }
    for (const feature of ['tailscale', 'webTerminal'] as const) {
      const resources = spec[feature]?.resources;
      if (resources !== undefined)
        findings.push(...above({ ...resources.requests }, { ...resources.limits }, ['spec', feature, 'resources'], () => false));
    }
    for (const { container, path } of userContainers(instance)) {
      const { requests = {}, limits = {} } = container.resources ?? {};
      findings.push(...above(requests, limits, [...path, 'resources'], () => false));
    }
    return findings;
  },
};
