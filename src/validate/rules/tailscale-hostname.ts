import { isDnsLabel } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Tailscale itself takes any text and makes a name of it: the agent would be found under another one than Git says. */
export const tailscaleHostname: Rule = {
  id: 'tailscale-hostname',
  severity: 'error',
  summary: 'The name of the agent in the tailnet cannot be the name of a machine.',
  hint: 'use letters, digits and "-", at most 63; the domain of the tailnet follows by itself',
  check({ instance: { spec }, resolved: { tailscale } }: RuleContext) {
    const hostname = spec.tailscale?.hostname ?? '';
    if (tailscale === null || hostname === '' || isDnsLabel(hostname.toLowerCase())) return [];
    return [
      {
        path: ['spec', 'tailscale', 'hostname'],
        message: `${safelyQuoted(hostname)} is not the name of a machine in a tailnet; expected a form such as "my-agent"`,
      },
    ];
  },
};
