import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';

/** A wrong path is answered 200 by the Control UI, so only the body tells that a probe asks what it means to ask. */
const BODIES: Readonly<Record<string, object>> = {
  '/healthz': { ok: true, status: 'live' },
  '/readyz': { ready: true },
  '/startupz': { ok: true, status: 'started' },
};

export const probes: Check = {
  id: 'probes',
  run: async (agent) => {
    const container = agent.pod.spec.containers.find(({ name }) => name === 'openclaw');
    for (const kind of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const) {
      const path = container?.[kind]?.httpGet?.path ?? '';
      const { passed, body } = await agent.pod.probe('openclaw', kind);
      assert.ok(passed, `${kind}: ${body}`);
      assert.deepEqual(JSON.parse(body), BODIES[path], `${kind} on ${path}`);
    }
    const startupPath = container?.startupProbe?.httpGet?.path;
    assert.equal(startupPath, agent.version === '2026.7.1' ? '/healthz' : '/startupz', 'the best path that this version has');
    const overIpv6 = { host: agent.pod.network.podAddress6, port: 18780, localAddress: '::' };
    assert.deepEqual(JSON.parse((await call(overIpv6, { path: '/healthz' })).body), BODIES['/healthz'], 'over IPv6');
  },
};
