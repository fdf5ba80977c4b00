/** Annotations of an Ingress by which controllers are told what its fields cannot say. */

/** ingress-nginx; the values that it accepts are in its `internal/ingress/annotations`. */
export const NGINX = {
  authRealm: 'nginx.ingress.kubernetes.io/auth-realm',
  authSecret: 'nginx.ingress.kubernetes.io/auth-secret',
  authType: 'nginx.ingress.kubernetes.io/auth-type',
  forceSslRedirect: 'nginx.ingress.kubernetes.io/force-ssl-redirect',
  limitRps: 'nginx.ingress.kubernetes.io/limit-rps',
  proxyBodySize: 'nginx.ingress.kubernetes.io/proxy-body-size',
  proxyBuffering: 'nginx.ingress.kubernetes.io/proxy-buffering',
  proxyHttpVersion: 'nginx.ingress.kubernetes.io/proxy-http-version',
  proxyReadTimeout: 'nginx.ingress.kubernetes.io/proxy-read-timeout',
  proxyRequestBuffering: 'nginx.ingress.kubernetes.io/proxy-request-buffering',
  proxySendTimeout: 'nginx.ingress.kubernetes.io/proxy-send-timeout',
  sslRedirect: 'nginx.ingress.kubernetes.io/ssl-redirect',
  upstreamHashBy: 'nginx.ingress.kubernetes.io/upstream-hash-by',
} as const;

export const TRAEFIK = {
  entryPoints: 'traefik.ingress.kubernetes.io/router.entrypoints',
  middlewares: 'traefik.ingress.kubernetes.io/router.middlewares',
  tls: 'traefik.ingress.kubernetes.io/router.tls',
} as const;

/** How a class was named before Ingresses had a field for it; with both, the API server refuses the Ingress. */
export const LEGACY_CLASS = 'kubernetes.io/ingress.class';
