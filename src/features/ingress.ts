/**
 * The Ingress, in the words of its controller: HTTPS, rate limit, basic authentication, and what uploads, streams and websockets need.
 * Snippets are never used, since ingress-nginx refuses them unless its administrator says otherwise; HSTS comes from the gateway itself.
 */
import type { Contribution, Feature, OwnObject } from '../compose/contribution.ts';
import type { Annotations } from '../kube/annotations.ts';
import { NGINX, TRAEFIK } from '../kube/ingress-annotations.ts';
import { basicAuthName, basicAuthUsersSecretName, rateLimitName } from '../kube/names.ts';
import { OPTIONAL_KINDS } from '../kube/optional-kinds.ts';
import type { Ingress } from '../kube/types.ts';
import type { ResolvedIngress } from '../resolve/ingress.ts';
import type { Resolved } from '../resolve/resolved.ts';

/** What the proxy of the pod allows, so that ingress-nginx is no tighter; the user's annotations may say otherwise. */
const NGINX_STREAMS: Annotations = {
  [NGINX.proxyBodySize]: '512m',
  [NGINX.proxyBuffering]: 'off',
  [NGINX.proxyHttpVersion]: '1.1',
  [NGINX.proxyReadTimeout]: '3600',
  [NGINX.proxyRequestBuffering]: 'off',
  [NGINX.proxySendTimeout]: '3600',
  [NGINX.upstreamHashBy]: '$binary_remote_addr',
};
/** ingress-nginx lets this many times the rate through at once; Traefik is to do the same. */
const BURST_FACTOR = 5;

function nginxAnnotations({ annotations, forcesHttps, requestsPerSecond, basicAuth }: ResolvedIngress): Annotations {
  return {
    ...NGINX_STREAMS,
    ...annotations,
    ...(forcesHttps ? { [NGINX.forceSslRedirect]: 'true', [NGINX.sslRedirect]: 'true' } : {}),
    ...(requestsPerSecond === null ? {} : { [NGINX.limitRps]: String(requestsPerSecond) }),
    ...(basicAuth === null ? {} : { [NGINX.authRealm]: basicAuth.realm, [NGINX.authSecret]: basicAuth.secret, [NGINX.authType]: 'basic' }),
  };
}

function traefikAnnotations({ annotations, forcesHttps, tls }: ResolvedIngress, references: readonly string[]): Annotations {
  const users = annotations[TRAEFIK.middlewares] ?? '';
  return {
    ...annotations,
    ...(forcesHttps ? { [TRAEFIK.entryPoints]: 'websecure' } : {}),
    // Without a certificate of the Ingress the entry point's own settings decide, which this would switch off.
    ...(forcesHttps && tls.length > 0 ? { [TRAEFIK.tls]: 'true' } : {}),
    ...(references.length === 0 ? {} : { [TRAEFIK.middlewares]: [...(users === '' ? [] : [users]), ...references].join(',') }),
  };
}

function annotationsOf(ingress: ResolvedIngress, references: readonly string[]): Annotations {
  if (ingress.controller === 'nginx') return nginxAnnotations(ingress);
  return ingress.controller === 'traefik' ? traefikAnnotations(ingress, references) : ingress.annotations;
}

function middleware(name: string, spec: object): OwnObject {
  return { apiVersion: OPTIONAL_KINDS.Middleware, kind: 'Middleware', metadata: { name }, spec };
}

function middlewares(name: string, { basicAuth, requestsPerSecond }: ResolvedIngress): OwnObject[] {
  const limit = { average: requestsPerSecond, burst: (requestsPerSecond ?? 0) * BURST_FACTOR, period: '1s' };
  return [
    ...(requestsPerSecond === null ? [] : [middleware(rateLimitName(name), { rateLimit: limit })]),
    ...(basicAuth === null
      ? []
      : [
          middleware(basicAuthName(name), {
            basicAuth: {
              realm: basicAuth.realm,
              // The agent has no use for the password.
              removeHeader: true,
              secret: basicAuth.generatedFor === null ? basicAuth.secret : basicAuthUsersSecretName(name),
            },
          }),
        ]),
  ];
}

function specOf(name: string, { className, hosts, tls }: ResolvedIngress): Ingress['spec'] {
  return {
    ...(className === undefined ? {} : { ingressClassName: className }),
    rules: hosts.map(({ host, paths }) => ({
      ...(host === '' ? {} : { host }),
      http: {
        paths: paths.map(({ path, pathType, port }) => ({ backend: { service: { name, port: { number: port } } }, path, pathType })),
      },
    })),
    ...(tls.length === 0
      ? {}
      : {
          tls: tls.map((entry) => ({
            ...(entry.hosts.length === 0 ? {} : { hosts: [...entry.hosts] }),
            ...(entry.secretName === undefined ? {} : { secretName: entry.secretName }),
          })),
        }),
  };
}

function contribute({ ingress, name, namespace }: Resolved): Contribution | null {
  if (ingress === null) return null;
  const guards = ingress.controller === 'traefik' ? middlewares(name, ingress) : [];
  const references = guards.map(({ metadata }) => `${namespace}-${metadata.name}@kubernetescrd`);
  const annotations = annotationsOf(ingress, references);
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, annotations },
    spec: specOf(name, ingress),
  } satisfies OwnObject;
  return { objects: [object, ...guards] };
}

export const ingress: Feature = {
  id: 'ingress',
  summary: 'an Ingress for ingress-nginx, Traefik or another controller: HTTPS, rate limit, uploads, streams and websockets',
  reads: ['networking.ingress'],
  contribute,
};
