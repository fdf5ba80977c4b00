import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

/** Tries a connection inside the pod and says how it ended. */
const CONNECT = `require('net').connect(Number(process.argv[1]), '127.0.0.1')
  .on('connect', () => { console.log('open'); process.exit(0); })
  .on('error', ({ code }) => console.log(code));`;

/** The collector takes the rendered configuration without a word of complaint, and no port but the two that it is for. */
export const collector: Check = {
  id: 'collector',
  run: async (agent) => {
    const log = agent.pod.container('otel-collector').log();
    assert.match(log, /Everything is ready/);
    assert.doesNotMatch(log, /\t(?:warn|error)\t/);
    for (const [port, expected] of [
      [4318, 'open'],
      [9090, 'open'],
      [8888, 'ECONNREFUSED'],
    ] as const) {
      const { stdout } = await agent.pod.container('openclaw').exec(['node', '-e', CONNECT, String(port)]);
      assert.equal(stdout.trim(), expected, `port ${port}`);
    }
  },
};
