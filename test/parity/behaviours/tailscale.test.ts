/** What the operator does for Tailscale, and what we do in its place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent } from '../shape.ts';
import { allContainers, CONFIG, field, MAIN, names, POD, refusals, rendered, SET, testRows, type Rendered } from './rendered.ts';

const KEY = 'authKeySecretRef: {name: tailnet}';
const on = (more = '', rest = ''): string => `{image: {tag: 2026.9.6}, tailscale: {enabled: true, ${KEY}${more}}${rest}}`;
const SSO = on(', authSSO: true');
const OLD_SSO = SSO.replace('2026.9.6', '2026.7.1');
const SIDECAR = `${POD}.containers[name=tailscale]`;
const NATIVE = `${POD}.initContainers[name=tailscale]`;
const SERVE = 'data["tailscale-serve.json"]';
const ITSELF = '["${TS_CERT_DOMAIN}:443"]';
const value = (container: string, name: string): string => `${container}.env[name=${name}].value`;

testRows([
  ['POD-028 ARD-031 no API token', on(), SET, `${POD}.automountServiceAccountToken`, false],
  [
    'POD-050 runAsNonRoot false reaches tailscale',
    on('', ', security: {podSecurityContext: {runAsNonRoot: false}}'),
    SET,
    `${SIDECAR}.securityContext.runAsNonRoot`,
    false,
  ],
  ['POD-059 a read-only root', on(), SET, `${SIDECAR}.securityContext.readOnlyRootFilesystem`, true],
  [
    'POD-066 the registry',
    on('', ', registry: mirror.example.com'),
    SET,
    `${SIDECAR}.image`,
    'mirror.example.com/tailscale/tailscale:latest',
  ],
  ['POD-069 the default image', on(), SET, `${SIDECAR}.image`, 'ghcr.io/tailscale/tailscale:latest'],
  ['POD-069 a tag', on(', image: {tag: v1.102.5}'), SET, `${SIDECAR}.image`, 'ghcr.io/tailscale/tailscale:v1.102.5'],
  [
    'POD-069 a repository and a digest, also for the copy',
    on(`, authSSO: true, image: {repository: example.com/ts, tag: v1, digest: "sha256:${'1'.repeat(64)}"}`),
    SET,
    `${POD}.initContainers[name=init-tailscale-bin].image`,
    `example.com/ts@sha256:${'1'.repeat(64)}`,
  ],
  ['POD-093 nothing of it in the environment of the agent', on(), SET, `${MAIN}.env[name=TS_AUTHKEY]`, absent],
  ['POD-093 nor with logins', SSO, SET, `${MAIN}.env[name=TS_SOCKET]`, absent],
  ['POD-101 PATH with logins', SSO, SET, value(MAIN, 'PATH'), /^\/tailscale-bin:\/usr\/local\/sbin:/],
  ['POD-101 PATH without', on(), SET, `${MAIN}.env[name=PATH]`, absent],
  ['POD-109 the socket is read-only for the agent', SSO, SET, `${MAIN}.volumeMounts[mountPath=/var/run/tailscale].readOnly`, true],
  ['POD-109 the command is read-only for the agent', SSO, SET, `${MAIN}.volumeMounts[mountPath=/tailscale-bin].readOnly`, true],
  ['POD-109 no socket without logins', on(), SET, `${MAIN}.volumeMounts[mountPath=/var/run/tailscale]`, absent],
  ['POD-117 HTTP probes with Funnel', on(', mode: funnel'), SET, `${MAIN}.readinessProbe.httpGet.path`, '/readyz'],
  ['POD-117 HTTP probes with logins', SSO, SET, `${MAIN}.livenessProbe.httpGet.path`, '/healthz'],
  ['POD-142 userspace networking', on(), SET, value(SIDECAR, 'TS_USERSPACE'), 'true'],
  ['POD-142 the socket', on(), SET, value(SIDECAR, 'TS_SOCKET'), '/var/run/tailscale/tailscaled.sock'],
  ['POD-142 the serve configuration', on(), SET, value(SIDECAR, 'TS_SERVE_CONFIG'), '/etc/tailscale/serve/tailscale-serve.json'],
  ['POD-142 one login', on(), SET, value(SIDECAR, 'TS_AUTH_ONCE'), 'true'],
  ['POD-143 the host name is the name', on(), SET, value(SIDECAR, 'TS_HOSTNAME'), 'bot'],
  ['POD-143 a host name', on(', hostname: desk'), SET, value(SIDECAR, 'TS_HOSTNAME'), 'desk'],
  ['POD-144 the key is the path of a file', on(), SET, value(SIDECAR, 'TS_AUTHKEY'), 'file:/etc/tailscale/auth/authkey'],
  [
    'POD-144 the default key of the Secret',
    on(),
    SET,
    `${POD}.volumes[name=tailscale-auth].secret`,
    { defaultMode: 0o440, items: [{ key: 'authkey', path: 'authkey' }], optional: true, secretName: 'tailnet' },
  ],
  ['POD-144 a key of the Secret', on(', authKeySecretKey: k'), SET, `${POD}.volumes[name=tailscale-auth].secret.items[0].key`, 'k'],
  ['POD-144 no reference', '{tailscale: {enabled: true}}', SET, `${SIDECAR}.env[name=TS_AUTHKEY]`, absent],
  ['POD-145 no Secret for the state', on(), SET, `${SIDECAR}.env[name=TS_KUBE_SECRET]`, { name: 'TS_KUBE_SECRET' }],
  [
    'POD-145 the state is on the volume',
    on(),
    SET,
    `${SIDECAR}.volumeMounts[mountPath=/var/lib/tailscale]`,
    { mountPath: '/var/lib/tailscale', name: 'data', subPath: '.openclaw-gitops-tailscale' },
  ],
  ['POD-146 the directory of the socket', on(), SET, `${POD}.volumes[name=tailscale-socket].emptyDir`, { sizeLimit: '1Mi' }],
  ['POD-146 the directory of the command', SSO, SET, `${POD}.volumes[name=tailscale-bin].emptyDir`, { sizeLimit: '128Mi' }],
  [
    'POD-147 the command is copied',
    SSO,
    SET,
    `${POD}.initContainers[name=init-tailscale-bin].command`,
    ['cp', '/usr/local/bin/tailscale', '/tailscale-bin/tailscale'],
  ],
  ['POD-148 HTTPS', on(), CONFIG, `${SERVE}.TCP`, { 443: { HTTPS: true } }],
  ['POD-148 straight to the gateway', on(), CONFIG, `${SERVE}.Web${ITSELF}.Handlers`, { '/': { Proxy: 'http://127.0.0.1:18789' } }],
  ['POD-148 the same for logins before 2026.8.1', OLD_SSO, CONFIG, `${SERVE}.TCP`, { 443: { HTTPS: true } }],
  ['POD-148 nothing where the gateway claims the route', SSO, CONFIG, 'data["tailscale-serve.json"]', '{}'],
  ['POD-149 Funnel', on(', mode: funnel'), CONFIG, `${SERVE}.AllowFunnel`, { '${TS_CERT_DOMAIN}:443': true }],
  ['POD-149 no Funnel with serve', on(', mode: serve'), CONFIG, `${SERVE}.AllowFunnel`, absent],
  ['POD-149 no Funnel without a mode', on(), CONFIG, `${SERVE}.AllowFunnel`, absent],
  ['POD-151 ARD-116 the Secret has no data', on(), 'Secret/bot-ts-state', 'data', absent],
  ['POD-151 ARD-116 labels of the Secret', on(), 'Secret/bot-ts-state', 'metadata.labels["app.kubernetes.io/instance"]', 'bot'],
  ['ARD-116 no Secret without Tailscale', '{}', 'Secret/bot-ts-state', 'metadata', absent],
  ['POD-218 memory', on(), SET, `${SIDECAR}.resources.limits.memory`, '256Mi'],
  ['POD-219 one number alone', on(', resources: {limits: {cpu: "1"}}'), SET, `${SIDECAR}.resources.limits.cpu`, '1'],
  ['POD-219 the others stay', on(', resources: {limits: {cpu: "1"}}'), SET, `${SIDECAR}.resources.requests.cpu`, '50m'],
  ['POD-232 logins', SSO, CONFIG, 'data["openclaw.json"].gateway.auth.allowTailscale', true],
  ['POD-232 logins before 2026.8.1', OLD_SSO, CONFIG, 'data["openclaw.json"].gateway.auth.allowTailscale', true],
  ['POD-232 no logins', on(), CONFIG, 'data["openclaw.json"].gateway.auth.allowTailscale', absent],
  ['POD-233 the gateway claims the route', SSO, CONFIG, 'data["openclaw.json"].gateway.tailscale', { mode: 'serve' }],
  ['POD-233 not before 2026.8.1', OLD_SSO, CONFIG, 'data["openclaw.json"].gateway.tailscale', absent],
  ['POD-233 not without logins', on(), CONFIG, 'data["openclaw.json"].gateway.tailscale', absent],
  [
    "POD-233 a user's own route is kept",
    on('', ', config: {raw: {gateway: {tailscale: {mode: serve}}}}'),
    CONFIG,
    'data["openclaw.json"].gateway.tailscale.mode',
    'serve',
  ],
  ['POD-233 the daemon is up before the gateway that claims', SSO, SET, `${NATIVE}.restartPolicy`, 'Always'],
  ['ARD-023 the API server stays closed', on(), 'NetworkPolicy/bot', 'spec.egress[3]', absent],
  [
    'ARD-024 STUN and WireGuard',
    on(),
    'NetworkPolicy/bot',
    'spec.egress[2].ports',
    [
      { port: 3478, protocol: 'UDP' },
      { port: 41641, protocol: 'UDP' },
    ],
  ],
  ['ARD-024 to public addresses', on(), 'NetworkPolicy/bot', 'spec.egress[2].to[0].ipBlock.cidr', '0.0.0.0/0'],
  ['ARD-036 no rights', on(), 'Role/bot', 'rules', absent],
]);

test("POD-232 a user's refusal of logins is refused together with them", () => {
  assert.deepEqual(refusals(on(', authSSO: true', ', config: {raw: {gateway: {auth: {allowTailscale: false}}}}')), [
    'tailscale-sso-config: "/gateway/auth/allowTailscale" of the configuration is false while "spec.tailscale.authSSO" is true; expected it to be left out',
  ]);
});

function holdsTailscale(result: Rendered): boolean {
  return /tailscale|TS_/i.test(JSON.stringify(result.objects));
}

test('POD-150 off: nothing of it', () => {
  assert.equal(holdsTailscale(rendered(on())), true);
  assert.equal(holdsTailscale(rendered(`{image: {tag: 2026.9.6}, tailscale: {enabled: false, ${KEY}, authSSO: true}}`)), false);
});

test('POD-040 POD-041 after the proxy, and the command after prepare', () => {
  const result = rendered(OLD_SSO);
  assert.deepEqual(names(field(result, SET, `${POD}.containers`)), ['openclaw', 'gateway-proxy', 'tailscale', 'otel-collector']);
  assert.deepEqual(names(field(result, SET, `${POD}.initContainers`)), ['prepare', 'adopt-tailnet-identity', 'init-tailscale-bin']);
  assert.deepEqual(names(field(rendered(SSO), SET, `${POD}.initContainers`)), [
    'prepare',
    'adopt-tailnet-identity',
    'init-tailscale-bin',
    'tailscale',
  ]);
});

test('POD-144 only the daemon sees the key', () => {
  const mounting = allContainers(rendered(SSO)).filter(({ volumeMounts }) => JSON.stringify(volumeMounts).includes('tailscale-auth'));
  assert.deepEqual(
    mounting.map(({ name }) => name),
    ['tailscale'],
  );
});

test('POD-145 the agent does not see the identity', () => {
  const seeing = allContainers(rendered(SSO)).filter(({ volumeMounts }) =>
    JSON.stringify(volumeMounts).includes('openclaw-gitops-tailscale'),
  );
  assert.deepEqual(
    seeing.map(({ name }) => name),
    ['adopt-tailnet-identity', 'tailscale'],
  );
});
