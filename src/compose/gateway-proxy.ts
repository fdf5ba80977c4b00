/**
 * nginx in front of the gateway, with one listener for each contributed port.
 *
 * The gateway treats loopback clients as local (it pairs them at once and never locks them out), so the proxy must not launder
 * remote clients into local ones: it overwrites forwarding headers for every remote peer, and sends none at all for exactly
 * 127.0.0.1 and ::1, where a port-forward comes from. The map is keyed on the TCP peer, since `$remote_addr` can be spoofed
 * once real_ip is on. Measured on 2026.6.11 to 2026.9.6.
 */
import { configMapName } from '../kube/names.ts';
import type { Resolved } from '../resolve/resolved.ts';
import type { Contribution, ProxyListener } from './contribution.ts';
import { itemsOf, type Part } from './parts.ts';

export const PROXY_CONTAINER = 'gateway-proxy';
export const LISTEN_VOLUME = 'gateway-proxy-listen';
const CONFIG_VOLUME = 'gateway-proxy-config';
const TMP_VOLUME = 'gateway-proxy-tmp';
const LISTEN_PATH = '/etc/gateway-proxy/listen';
const CONFIG_FILE = '/etc/gateway-proxy/config/nginx.conf';
const NGINX_IMAGE = 'docker.io/library/nginx:1.27-alpine';
/** The user that the nginx image is made for. */
const NGINX_USER = 101;

function server({ port, targetPort }: ProxyListener, droppedHeaders: readonly string[]): string {
  return `  server {
    include ${LISTEN_PATH}/listen-${port}.conf;
    location / {
      proxy_pass http://127.0.0.1:${targetPort};
      proxy_http_version 1.1;
      proxy_read_timeout 3600s;
      proxy_send_timeout 3600s;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header Forwarded "";
      proxy_set_header X-Real-IP "";
      proxy_set_header X-Forwarded-For $forwarded_for;
      proxy_set_header X-Forwarded-Proto $forwarded_proto;
      proxy_set_header X-Forwarded-Host $forwarded_host;
      proxy_set_header X-Forwarded-Port "";
      proxy_set_header X-Forwarded-Server "";
${droppedHeaders.map((name) => `      proxy_set_header ${name} "";\n`).join('')}    }
  }
`;
}

/** nginx's whole configuration. Neither \`\${\` nor \`$$\` occurs in it, so Flux leaves it alone. */
function nginxConf(listeners: readonly ProxyListener[], ingressCidrs: readonly string[], droppedHeaders: readonly string[]): string {
  const realIp =
    ingressCidrs.length === 0
      ? ''
      : `${ingressCidrs.map((cidr) => `  set_real_ip_from ${cidr};\n`).join('')}  real_ip_header X-Forwarded-For;\n  real_ip_recursive on;\n`;
  return `worker_processes 1;
worker_rlimit_nofile 16384;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
daemon off;

events {
  # Many idle clients must not keep the probes out.
  worker_connections 8192;
}

http {
  access_log off;
  server_tokens off;
  client_body_temp_path /tmp/client-body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  client_max_body_size 512m;
  proxy_request_buffering off;
  proxy_buffering off;
  map_hash_bucket_size 128;
${realIp}
  map $http_upgrade $connection_upgrade {
    default upgrade;
    "" "";
  }
  # Peer on loopback without a forwarding header: a port-forward, stays local. With one: another proxy of this pod, believed.
  map "$realip_remote_addr $http_x_forwarded_for" $forwarded_for {
    default $remote_addr;
    "127.0.0.1 " "";
    "::1 " "";
    "~^(127\\.0\\.0\\.1|::1) (?<inner>.+)$" $inner;
  }
  map $forwarded_for $forwarded_proto {
    default $scheme;
    "" "";
  }
  map $forwarded_for $forwarded_host {
    default $http_host;
    "" "";
  }

${listeners.map((listener) => server(listener, droppedHeaders)).join('\n')}}
`;
}

export function gatewayProxy(resolved: Resolved, parts: readonly Part[]): Contribution | null {
  const listeners = itemsOf(parts, (part) => part.proxyListeners);
  if (listeners.length === 0) return null;
  const droppedHeaders = itemsOf(parts, (part) => part.droppedHeaders);
  const config = { text: nginxConf(listeners, resolved.gateway.ingressCidrs, droppedHeaders), takesEffect: 'restart' } as const;
  return {
    configMaps: [{ name: configMapName(resolved.name), entries: new Map([['nginx.conf', config]]) }],
    directories: [{ volume: LISTEN_VOLUME, path: '', mode: '0755' }],
    volumes: [
      {
        name: CONFIG_VOLUME,
        configMap: { name: configMapName(resolved.name), defaultMode: 0o440, items: [{ key: 'nginx.conf', path: 'nginx.conf' }] },
      },
      { name: LISTEN_VOLUME, emptyDir: { sizeLimit: '1Mi' } },
      { name: TMP_VOLUME, emptyDir: { sizeLimit: '1Gi' } },
    ],
    trustedProxies: ['127.0.0.1/32'],
    containers: [
      {
        origin: 'own',
        security: { runAsNonRoot: true, runAsUser: NGINX_USER },
        container: {
          name: PROXY_CONTAINER,
          image: NGINX_IMAGE,
          imagePullPolicy: 'IfNotPresent',
          // The image's entry point edits files under a root that is read-only here.
          command: ['nginx', '-c', CONFIG_FILE],
          ports: listeners.map(({ name, port }) => ({ name, containerPort: port, protocol: 'TCP' })),
          resources: {
            requests: { cpu: '10m', 'ephemeral-storage': '16Mi', memory: '16Mi' },
            limits: { cpu: '100m', 'ephemeral-storage': '1Gi', memory: '128Mi' },
          },
          volumeMounts: [
            { name: CONFIG_VOLUME, mountPath: '/etc/gateway-proxy/config', readOnly: true },
            { name: LISTEN_VOLUME, mountPath: LISTEN_PATH, readOnly: true },
            { name: TMP_VOLUME, mountPath: '/tmp' },
          ],
        },
      },
    ],
  };
}
