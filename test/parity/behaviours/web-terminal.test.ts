import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Container, PodSpec } from '../../../src/kube/types.ts';
import { agentPod, manifestsOf } from '../../properties/rendered.ts';

const ON = { webTerminal: { enabled: true } };
const LOGIN = { credential: { secretRef: { name: 'term' } } };

function podOf(spec: Parameters<typeof manifestsOf>[0]): PodSpec {
  return agentPod(manifestsOf({ image: { tag: '2026.9.6' }, ...spec }));
}

function terminalOf(spec: Parameters<typeof manifestsOf>[0]): Container {
  const found = podOf(spec).containers.find(({ name }) => name === 'web-terminal');
  assert.ok(found !== undefined);
  return found;
}

function stateMount({ volumeMounts = [] }: Container): NonNullable<Container['volumeMounts']>[number] | undefined {
  return volumeMounts.find(({ mountPath }) => mountPath === '/home/openclaw/.openclaw');
}

function containersWith(pod: PodSpec, volume: string): string[] {
  return pod.containers.flatMap(({ name, volumeMounts = [] }) => (volumeMounts.some((mount) => mount.name === volume) ? [name] : []));
}

describe('the web terminal', () => {
  test('POD-136 POD-137 has its image, its port on loopback, resources and the files of the agent to write', () => {
    const terminal = terminalOf(ON);
    assert.equal(terminal.image, 'docker.io/tsl0922/ttyd:latest');
    assert.deepEqual(terminal.ports, [{ name: 'web-terminal', containerPort: 7681, protocol: 'TCP' }]);
    assert.deepEqual(terminal.args, ['ttyd', '--interface=127.0.0.1', '--port=7681', '--check-origin', '--writable', 'sh']);
    assert.deepEqual(
      [terminal.resources?.requests?.['cpu'], terminal.resources?.requests?.['memory'], terminal.resources?.limits?.['cpu']],
      ['50m', '64Mi', '200m'],
    );
    assert.deepEqual(stateMount(terminal), { name: 'data', mountPath: '/home/openclaw/.openclaw', subPath: 'openclaw' });
    assert.ok(!(terminal.env ?? []).some(({ name }) => name.startsWith('TTYD')));
  });

  test('POD-058 runs as the user of the pod, who is 1000 unless the spec names another', () => {
    assert.equal(terminalOf(ON).securityContext?.runAsUser, undefined);
    assert.equal(podOf(ON).securityContext?.runAsUser, 1000);
  });

  test('POD-071 the name that older specs keep leads to Docker Hub', () => {
    assert.equal(
      terminalOf({ webTerminal: { enabled: true, image: { repository: 'tsl0922/ttyd' } } }).image,
      'docker.io/tsl0922/ttyd:latest',
    );
  });

  test('POD-138 read-only takes no input and mounts the files read-only', () => {
    const terminal = terminalOf({ webTerminal: { enabled: true, readOnly: true } });
    assert.ok(!terminal.args?.includes('--writable'));
    assert.equal(stateMount(terminal)?.readOnly, true);
  });

  test('POD-139 POD-140 with a login the terminal has none itself: a program that alone reaches it asks, by the files of the Secret', () => {
    for (const readOnly of [false, true]) {
      const pod = podOf({ webTerminal: { enabled: true, readOnly, ...LOGIN } });
      const [terminal, gate] = ['web-terminal', 'web-terminal-gate'].map((name) => pod.containers.find((found) => found.name === name));
      assert.deepEqual(terminal?.args, ['ttyd', '--interface=/var/run/web-terminal/ttyd.sock', ...(readOnly ? [] : ['--writable']), 'sh']);
      assert.deepEqual([terminal.ports, terminal.env], [undefined, [{ name: 'HOME', value: '/tmp' }]]);
      assert.deepEqual(gate?.ports, [{ name: 'web-terminal', containerPort: 7681, protocol: 'TCP' }]);
      assert.deepEqual(gate.command?.slice(2), ['/var/run/web-terminal/ttyd.sock', '/etc/web-terminal/login', '7681']);
      assert.equal(gate.env, undefined);
      assert.deepEqual(containersWith(pod, 'web-terminal-socket'), ['web-terminal', 'web-terminal-gate']);
      assert.deepEqual(containersWith(pod, 'web-terminal-login'), ['web-terminal-gate']);
      assert.deepEqual(pod.volumes?.find(({ name }) => name === 'web-terminal-login')?.secret, {
        secretName: 'term',
        defaultMode: 0o440,
        items: [
          { key: 'username', path: 'username' },
          { key: 'password', path: 'password' },
        ],
        optional: true,
      });
    }
  });

  test('in a shared process namespace the login stays with a user that no other container has', () => {
    const pod = podOf({ shareProcessNamespace: true, ...ON, webTerminal: { enabled: true, ...LOGIN }, tailscale: { enabled: true } });
    const users = [...pod.containers, ...(pod.initContainers ?? [])].map(
      ({ name, securityContext }) => [name, securityContext?.runAsUser ?? pod.securityContext?.runAsUser] as const,
    );
    const [, gateUser] = users.find(([name]) => name === 'web-terminal-gate') ?? [];
    assert.deepEqual(
      users.filter(([, user]) => user === gateUser).map(([name]) => name),
      ['web-terminal-gate'],
    );
  });

  test('POD-141 off leaves neither container nor volume', () => {
    const pod = podOf({ webTerminal: { enabled: false, ...LOGIN } });
    assert.ok(!pod.containers.some(({ name }) => name.startsWith('web-terminal')));
    assert.ok(!pod.volumes?.some(({ name }) => name.startsWith('web-terminal')));
  });

  test('POD-040 the agent stands first, then the proxy, then its helpers, then the containers of the user', () => {
    const pod = podOf({ ...ON, tailscale: { enabled: true }, sidecars: [{ name: 'echo', image: 'busybox:1.37' }] });
    const names = pod.containers.map(({ name }) => name);
    assert.deepEqual(names.slice(0, 2), ['openclaw', 'gateway-proxy']);
    assert.equal(names.at(-1), 'echo');
    assert.ok(names.includes('web-terminal') && names.includes('otel-collector'));
  });

  test('POD-050 runAsNonRoot: false of the pod reaches it and the others that run as the user of the pod', () => {
    const pod = podOf({
      ...ON,
      tailscale: { enabled: true },
      runtimeDeps: { pnpm: true },
      skills: ['@anthropic/mcp-server-fetch'],
      security: { podSecurityContext: { runAsNonRoot: false } },
    });
    const strict = [...pod.containers, ...(pod.initContainers ?? [])].filter(
      ({ securityContext }) => securityContext?.runAsNonRoot !== false,
    );
    assert.deepEqual(
      strict.map(({ name }) => name),
      ['gateway-proxy', 'otel-collector'],
    );
  });
});
