import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const REFUSED = /\/\/|\/\.\.?(?:\/|$)|%2f/i;

/** What the API server refuses; with "ImplementationSpecific" only the start counts. */
function isPath(path: string, pathType: string): boolean {
  if (pathType === 'ImplementationSpecific') return path === '' || path.startsWith('/');
  return path.startsWith('/') && !REFUSED.test(path);
}

export const ingressPath: Rule = {
  id: 'ingress-path',
  severity: 'error',
  summary: 'A path of the Ingress is none that Kubernetes accepts.',
  hint: 'start it with "/", and leave out "//", "/./", "/../" and "%2f"',
  check({ resolved: { ingress } }: RuleContext) {
    const findings: Finding[] = [];
    for (const [index, { paths }] of (ingress?.hosts ?? []).entries()) {
      for (const [pathIndex, { path, pathType }] of paths.entries()) {
        if (isPath(path, pathType)) continue;
        findings.push({
          path: ['spec', 'networking', 'ingress', 'hosts', index, 'paths', pathIndex, 'path'],
          message: `${safelyQuoted(path)} is not a path; expected a form such as "/" or "/hooks"`,
        });
      }
    }
    return findings;
  },
};
