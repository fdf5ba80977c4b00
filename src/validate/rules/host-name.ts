import { addressBlock } from '../../lib/ip-address.ts';
import { isDnsSubdomain } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { patterns, specPlaces } from '../spec-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const HOSTS = patterns('networking.ingress.hosts.*.host', 'networking.ingress.tls.*.hosts.*', 'networking.httpRoute.hostnames.*');
/** What the definition of HTTPRoute allows. */
const MOST_HOST_NAMES = 16;

export const hostName: Rule = {
  id: 'host-name',
  severity: 'error',
  summary: 'A host of the Ingress or HTTPRoute is not a host name.',
  hint: 'write the name alone, in lower case, without scheme, port and path; "*." may stand in front',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const { path, value } of specPlaces(spec, HOSTS)) {
      const host = value as string;
      // No host at all means every host; a route says so by an empty list.
      if (host === '' && path[2] === 'ingress' && path[3] === 'hosts') continue;
      if (isDnsSubdomain(host.replace(/^\*\./, '')) && addressBlock(host) === null) continue;
      findings.push({ path, message: `${safelyQuoted(host)} is not a host name; expected a form such as "bot.example.com"` });
    }
    const count = spec.networking?.httpRoute?.hostnames?.length ?? 0;
    if (count > MOST_HOST_NAMES)
      findings.push({
        path: ['spec', 'networking', 'httpRoute', 'hostnames'],
        message: `the HTTPRoute has ${count} host names; expected at most ${MOST_HOST_NAMES}`,
        hint: 'leave the list out to take all host names of the Gateway, or use "*." names',
      });
    return findings;
  },
};
