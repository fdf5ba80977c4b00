/**
 * A real nginx as the Ingress controller: what ingress-nginx's own code reads from the rendered Ingress, written as the nginx.conf
 * that it means. Unlike ingress-nginx by default it appends to forwarding headers, which is harder on what stands behind it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ingress } from '../../src/kube/types.ts';
import type { ClusterObjects } from '../pod-runner/cluster-objects.ts';
import { run } from '../pod-runner/command.ts';
import { NODE_ADDRESS, POD_ADDRESS, REMOTE_CLIENTS } from '../pod-runner/pod-network.ts';
import type { Program } from '../pod-runner/program.ts';
import { SANDBOX_DIRECTORY } from '../pod-runner/sandbox.ts';
import { ingressNginxSettings, type IngressNginxSettings } from '../tools/ingress-nginx.ts';
import type { Route } from './route.ts';

export const INGRESS_HOST = 'ada.example.com';
const DIRECTORY = join(SANDBOX_DIRECTORY, 'ingress-controller');
const CERTIFICATE = join(DIRECTORY, 'tls.crt');
const HTTP_PORT = 80;
const HTTPS_PORT = 443;

export async function ingressController(objects: ClusterObjects): Promise<Program> {
  mkdirSync(DIRECTORY, { recursive: true });
  const names = ['-subj', `/CN=${INGRESS_HOST}`, '-addext', `subjectAltName=DNS:${INGRESS_HOST}`];
  const key = join(DIRECTORY, 'tls.key');
  run(
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    key,
    '-out',
    CERTIFICATE,
    ...names,
  );
  const ingress = objects.only('Ingress');
  const settings = await ingressNginxSettings(ingress, objects.all('Secret'), DIRECTORY);
  const file = join(DIRECTORY, 'nginx.conf');
  writeFileSync(file, nginxConf(settings, backendsOf(ingress, objects), key));
  return { name: 'ingress-controller', argv: ['nginx', '-c', file], port: HTTPS_PORT };
}

/** One of the remote addresses, through the controller's TLS. */
export function throughIngress(client: 0 | 1 | 2 | 3): Route {
  const ca = readFileSync(CERTIFICATE, 'utf8');
  return { host: NODE_ADDRESS, port: HTTPS_PORT, localAddress: REMOTE_CLIENTS[client], servername: INGRESS_HOST, ca };
}

/** The same without TLS. */
export function throughPlainIngress(client: 0 | 1 | 2 | 3): Route {
  return { host: NODE_ADDRESS, port: HTTP_PORT, localAddress: REMOTE_CLIENTS[client] };
}

interface Backend {
  readonly host: string;
  readonly path: string;
  /** Port of the pod. */
  readonly port: number;
}

function backendsOf({ spec }: Ingress, objects: ClusterObjects): readonly Backend[] {
  return (spec?.rules ?? []).flatMap(({ host = '', http }) =>
    (http?.paths ?? []).map(({ backend: { service }, path = '/' }) => {
      const ports = objects.get('Service', service?.name ?? '').spec?.ports ?? [];
      const port = ports.find((candidate) => candidate.port === service?.port?.number)?.targetPort;
      if (typeof port !== 'number') throw new Error(`the Ingress leads to port ${service?.port?.number}, which the Service does not have`);
      return { host, path, port };
    }),
  );
}

function nginxConf(
  { BasicDigestAuth: auth, Proxy: proxy, RateLimit, Rewrite }: IngressNginxSettings,
  backends: readonly Backend[],
  key: string,
): string {
  const { rps } = RateLimit;
  const redirects = Rewrite.sslRedirect || Rewrite.forceSSLRedirect;
  const location = ({ path, port }: Backend): string => `
    location ${path} {
      ${rps.limit > 0 ? `limit_req zone=rps burst=${rps.burst} nodelay; limit_req_status 503;` : ''}
      ${auth.secured ? `auth_basic "${auth.realm}"; auth_basic_user_file ${auth.file};` : ''}
      client_max_body_size ${proxy.bodySize};
      proxy_buffering ${proxy.proxyBuffering};
      proxy_request_buffering ${proxy.requestBuffering};
      proxy_http_version ${proxy.proxyHTTPVersion};
      proxy_read_timeout ${proxy.readTimeout}s;
      proxy_send_timeout ${proxy.sendTimeout}s;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Port $server_port;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_pass http://${POD_ADDRESS}:${port};
    }`;
  const servers = [...new Set(backends.map(({ host }) => host))].map(
    (host) => `
  server {
    listen 0.0.0.0:${HTTP_PORT};
    server_name ${host};
    ${
      redirects
        ? 'return 308 https://$host$request_uri;'
        : backends
            .filter((backend) => backend.host === host)
            .map(location)
            .join('')
    }
  }
  server {
    listen 0.0.0.0:${HTTPS_PORT} ssl;
    server_name ${host};
    ssl_certificate ${CERTIFICATE};
    ssl_certificate_key ${key};${backends
      .filter((backend) => backend.host === host)
      .map(location)
      .join('')}
  }`,
  );
  return `daemon off;
# One process, so that none outlives it.
master_process off;
pid ${DIRECTORY}/nginx.pid;
error_log /dev/stderr warn;
events {}
http {
  access_log off;
  client_body_temp_path ${DIRECTORY}/body;
  proxy_temp_path ${DIRECTORY}/proxy;
  map $http_upgrade $connection_upgrade {
    default upgrade;
    "" close;
  }
  ${rps.limit > 0 ? `limit_req_zone $binary_remote_addr zone=rps:5m rate=${rps.limit}r/s;` : ''}
  # Any other host is nobody's.
  server {
    listen 0.0.0.0:${HTTP_PORT} default_server;
    listen 0.0.0.0:${HTTPS_PORT} ssl default_server;
    ssl_certificate ${CERTIFICATE};
    ssl_certificate_key ${key};
    return 404;
  }${servers.join('')}
}
`;
}
