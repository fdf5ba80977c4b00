import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';

const PORT = 9090;
const TRIES = 60;
const PAUSE_MILLISECONDS = 500;
/** Of the plugin that stands in for OpenClaw's. */
const SERIES = /^gateway_exports\{[^}]*\} 1$/m;

/** What the gateway's plugin exports, to the endpoint of the rendered configuration, is on the port that Prometheus reads. */
export const gatewayMetrics: Check = {
  id: 'gateway-metrics',
  run: async (agent) => {
    let found = '';
    for (let attempt = 0; attempt < TRIES && !SERIES.test(found); attempt += 1) {
      found = (await call({ ...agent.remote(0), port: PORT }, { path: '/metrics' })).body;
      await sleep(PAUSE_MILLISECONDS);
    }
    assert.match(found, SERIES);
  },
};
