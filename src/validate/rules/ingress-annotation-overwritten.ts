import { NGINX, TRAEFIK } from '../../kube/ingress-annotations.ts';
import type { IngressController, ResolvedIngress } from '../../resolve/ingress.ts';
import type { Rule, RuleContext } from '../rule.ts';

interface Decided {
  readonly controller: IngressController;
  readonly keys: readonly string[];
  /** Field below `security` that decides. */
  readonly field: string;
  readonly isSet: (ingress: ResolvedIngress) => boolean;
}

const DECIDED: readonly Decided[] = [
  { controller: 'nginx', keys: [NGINX.forceSslRedirect, NGINX.sslRedirect], field: 'forceHTTPS', isSet: ({ forcesHttps }) => forcesHttps },
  { controller: 'nginx', keys: [NGINX.limitRps], field: 'rateLimiting', isSet: ({ requestsPerSecond }) => requestsPerSecond !== null },
  {
    controller: 'nginx',
    keys: [NGINX.authRealm, NGINX.authSecret, NGINX.authType],
    field: 'basicAuth',
    isSet: ({ basicAuth }) => basicAuth !== null,
  },
  { controller: 'traefik', keys: [TRAEFIK.entryPoints], field: 'forceHTTPS', isSet: ({ forcesHttps }) => forcesHttps },
  { controller: 'traefik', keys: [TRAEFIK.tls], field: 'forceHTTPS', isSet: ({ forcesHttps, tls }) => forcesHttps && tls.length > 0 },
];

export const ingressAnnotationOverwritten: Rule = {
  id: 'ingress-annotation-overwritten',
  severity: 'warning',
  summary: "An annotation of the Ingress gives way to what the spec's own field decides.",
  hint: 'remove the annotation, or change the field',
  check({ resolved: { ingress } }: RuleContext) {
    if (ingress === null) return [];
    return DECIDED.filter(({ controller, isSet }) => controller === ingress.controller && isSet(ingress)).flatMap(({ keys, field }) =>
      keys
        .filter((key) => Object.hasOwn(ingress.annotations, key))
        .map((key) => ({
          path: ['spec', 'networking', 'ingress', 'annotations', key],
          part: 'key' as const,
          message: `"${key}" is overwritten; expected it in "spec.networking.ingress.security.${field}" only`,
        })),
    );
  },
};
