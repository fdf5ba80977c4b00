import { INGRESS_CONTROLLERS } from '../../resolve/ingress.ts';
import { INSTANCE_ANNOTATIONS } from '../../resolve/instance.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const SECURITY = ['spec', 'networking', 'ingress', 'security'];

/** What only a controller's own annotations can say: without them a login that was asked for would be no login. */
export const ingressControllerUnknown: Rule = {
  id: 'ingress-controller-unknown',
  severity: 'error',
  summary:
    'The spec asks of the Ingress what only annotations of its controller can say, and the class does not tell which controller that is.',
  hint: `set the annotation ${INSTANCE_ANNOTATIONS.ingressController} to nginx or traefik, or use annotations of your controller and switch the field off`,
  check({ instance, resolved: { ingress } }: RuleContext) {
    const findings: Finding[] = [];
    const said = instance.annotations[INSTANCE_ANNOTATIONS.ingressController];
    if (said !== undefined && !INGRESS_CONTROLLERS.some((controller) => controller === said))
      findings.push({
        path: ['metadata', 'annotations', INSTANCE_ANNOTATIONS.ingressController],
        message: `${safelyQuoted(said)} is no controller that we know; expected nginx, traefik or other`,
        hint: 'write "other" for any other controller',
      });
    if (ingress === null || ingress.controller !== 'other') return findings;
    const unknown =
      ingress.className === undefined ? 'the Ingress names no class' : `the class ${safelyQuoted(ingress.className)} tells no controller`;
    const ask = (field: string, what: string, severity: Finding['severity'] = 'warning'): void => {
      findings.push({
        severity,
        path: [...SECURITY, field],
        part: 'key',
        message: `${unknown}, so that nobody ${what}; expected nginx or traefik`,
      });
    };
    if (ingress.basicAuth !== null) ask('basicAuth', 'asks for the user name and password', 'error');
    if (ingress.requestsPerSecond !== null) ask('rateLimiting', 'limits requests');
    // The field is on by default: who says "other" has been told.
    if (ingress.forcesHttps && said !== 'other') ask('forceHTTPS', 'is known to send HTTP to HTTPS');
    return findings;
  },
};
