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

  test('POD-139 POD-140 a login comes from the Secret and is filled in at run time', () => {
    for (const readOnly of [false, true]) {
      const terminal = terminalOf({ webTerminal: { enabled: true, readOnly, ...LOGIN } });
      assert.ok(terminal.args?.includes('--credential=$(TTYD_USERNAME):$(TTYD_PASSWORD)'));
      const sources = (terminal.env ?? []).filter(({ name }) => name.startsWith('TTYD_'));
      assert.deepEqual(
        sources.map(({ valueFrom }) => [valueFrom?.secretKeyRef?.name, valueFrom?.secretKeyRef?.key]),
        [
          ['term', 'username'],
          ['term', 'password'],
        ],
      );
    }
  });

  test('POD-141 off leaves neither container nor volume', () => {
    const pod = podOf({ webTerminal: { enabled: false, ...LOGIN } });
    assert.ok(!pod.containers.some(({ name }) => name === 'web-terminal'));
    assert.ok(!pod.volumes?.some(({ name }) => name === 'web-terminal-tmp'));
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
