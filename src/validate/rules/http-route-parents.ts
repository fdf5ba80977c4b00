import { isDnsLabel, isDnsSubdomain } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** What the definition of HTTPRoute allows. */
const MOST_PARENTS = 32;
const PATH = ['spec', 'networking', 'httpRoute', 'parentRefs'];

export const httpRouteParents: Rule = {
  id: 'http-route-parents',
  severity: 'error',
  summary: 'An HTTPRoute names no Gateway and so is attached to none, or names one in a way that Kubernetes refuses.',
  hint: 'name each Gateway once, or several of its listeners by "sectionName"',
  check({ instance: { spec } }: RuleContext) {
    const route = spec.networking?.httpRoute;
    if (route?.enabled !== true) return [];
    const parents = route.parentRefs ?? [];
    if (parents.length === 0) return [{ path: PATH, message: '"parentRefs" is empty; expected the name of at least one Gateway' }];
    const findings: Finding[] = [];
    if (parents.length > MOST_PARENTS)
      findings.push({ path: PATH, message: `"parentRefs" has ${parents.length} entries; expected at most ${MOST_PARENTS}` });
    const sections = new Map<string, Set<string>>();
    for (const [index, { name, namespace = '', sectionName = '' }] of parents.entries()) {
      const wrong = (field: string, text: string): void => {
        findings.push({
          path: [...PATH, index, field],
          message: `${safelyQuoted(text)} cannot be the name of an object; expected one such as "web"`,
        });
      };
      if (!isDnsSubdomain(name)) wrong('name', name);
      if (namespace !== '' && !isDnsLabel(namespace)) wrong('namespace', namespace);
      if (sectionName !== '' && !isDnsSubdomain(sectionName)) wrong('sectionName', sectionName);
      const gateway = `${namespace}/${name}`;
      const known = sections.get(gateway);
      if (known === undefined) sections.set(gateway, new Set([sectionName]));
      else if (known.has(sectionName) || known.has('') || sectionName === '')
        findings.push({
          path: [...PATH, index],
          message: `the Gateway ${safelyQuoted(name)} is named twice; expected another listener in each "sectionName"`,
        });
      else known.add(sectionName);
    }
    return findings;
  },
};
