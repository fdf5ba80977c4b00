import { parseQuantity } from '../../lib/quantity.ts';
import type { Path } from '../../parse/source.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userContainers } from '../user-containers.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

type Amounts = Readonly<Record<string, string | number | undefined>>;

interface Resources {
  readonly requests?: object;
  readonly limits?: object;
}

/** `resources` as they are rendered; `given` is what the user says of them. */
function above(resources: Resources, given: Resources, path: Path): Finding[] {
  const findings: Finding[] = [];
  const limits: Amounts = { ...resources.limits };
  const [ownRequests, ownLimits]: [Amounts, Amounts] = [{ ...given.requests }, { ...given.limits }];
  for (const [resource, request] of Object.entries<Amounts[string]>({ ...resources.requests })) {
    const limit = limits[resource];
    if (request === undefined || limit === undefined || request === '' || limit === '') continue;
    const [asked, allowed] = [parseQuantity(String(request)), parseQuantity(String(limit))];
    if (asked === null || allowed === null || asked <= allowed) continue;
    const [isOwnRequest, isOwnLimit] = [Boolean(ownRequests[resource]), Boolean(ownLimits[resource])];
    const what = `the ${isOwnRequest ? '' : 'default '}request for ${resource}, ${safelyQuoted(String(request))},`;
    const limitName = `the ${isOwnLimit ? '' : 'default '}limit of ${safelyQuoted(String(limit))}`;
    findings.push({
      path: [...path, isOwnRequest ? 'requests' : 'limits', resource],
      message: `${what} is above ${limitName}; expected at most that`,
    });
  }
  return findings;
}

/** Amounts are compared after defaulting: a high request alone is above the default limit, and a low limit below the default request. */
export const requestsAboveLimits: Rule = {
  id: 'requests-above-limits',
  severity: 'error',
  summary: 'A container requests more than its limit.',
  hint: 'raise the limit, or lower the request',
  check({ instance, resolved }: RuleContext) {
    const { spec } = instance;
    const findings: Finding[] = [];
    if (spec.resources !== undefined) findings.push(...above(resolved.resources, spec.resources, ['spec', 'resources']));
    for (const feature of ['chromium', 'ollama', 'tailscale', 'webTerminal'] as const) {
      const given = spec[feature]?.resources;
      const rendered = resolved[feature]?.resources ?? given;
      if (given !== undefined && rendered !== undefined) findings.push(...above(rendered, given, ['spec', feature, 'resources']));
    }
    for (const { container, path } of userContainers(instance)) {
      const { resources = {} } = container;
      findings.push(...above(resources, resources, [...path, 'resources']));
    }
    return findings;
  },
};
