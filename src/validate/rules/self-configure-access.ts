import type { Finding, Rule, RuleContext } from '../rule.ts';

export const selfConfigureAccess: Rule = {
  id: 'self-configure-access',
  severity: 'warning',
  summary: 'An agent that may ask for changes of its own instance may not reach the API server, or has no right to ask.',
  hint: 'pass --api-server-cidrs: the addresses of the API server',
  check({ resolved: { selfConfigure, networkPolicy, rbac } }: RuleContext) {
    if (selfConfigure === null) return [];
    const path = ['spec', 'selfConfigure'];
    const findings: Finding[] = [];
    if (networkPolicy.enabled && selfConfigure.apiServerCidrs.length === 0) {
      const message = '"selfConfigure" reaches an API server on port 6443 only; managed clouds serve it on port 443 of a private address';
      findings.push({ path, part: 'key', message });
    }
    if (!rbac.createsServiceAccount) {
      findings.push({
        path: ['spec', 'security', 'rbac', 'createServiceAccount'],
        hint: `allow it to get and patch the ConfigMap named for the instance with "-self-config" behind it`,
        message: `"${rbac.serviceAccountName}" is an account of yours, which gets no right to ask for changes here`,
      });
    }
    return findings;
  },
};
