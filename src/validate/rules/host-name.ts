import { isDnsSubdomain } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { patterns, specPlaces } from '../spec-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const HOSTS = patterns('networking.ingress.hosts.*.host', 'networking.ingress.tls.*.hosts.*', 'networking.httpRoute.hostnames.*');

export const hostName: Rule = {
  id: 'host-name',
  severity: 'error',
  summary: 'A host of the Ingress or HTTPRoute is not a host name.',
  hint: 'write the name alone, in lower case, without scheme, port and path; "*." may stand in front',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const { path, value } of specPlaces(spec, HOSTS)) {
      const host = value as string;
      // No host at all means every host.
      if (host === '' || isDnsSubdomain(host.replace(/^\*\./, ''))) continue;
      findings.push({ path, message: `${safelyQuoted(host)} is not a host name; expected a form such as "bot.example.com"` });
    }
    return findings;
  },
};
