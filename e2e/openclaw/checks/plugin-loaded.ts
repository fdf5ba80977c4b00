import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

const WANTED = [
  { id: 'greeter', version: '1.0.0', source: 'npm' },
  { id: 'herald', version: '3.0.0', source: 'clawhub' },
];

interface Inspected {
  readonly plugin: { readonly id: string; readonly version: string };
  readonly install: { readonly source: string };
}

/** The gateway has loaded what the installer brought, and OpenClaw has a record of where it is from. */
export const pluginLoaded: Check = {
  id: 'plugin-loaded',
  run: async (agent) => {
    const log = agent.pod.container('openclaw').log();
    for (const { id, version, source } of WANTED) {
      assert.match(log, new RegExp(`greeting of ${id} ${version}`));
      const { code, stdout, stderr } = await agent.openclaw('plugins', 'inspect', id, '--json');
      assert.equal(code, 0, stdout + stderr);
      const { plugin, install } = JSON.parse(stdout) as Inspected;
      assert.deepEqual({ id: plugin.id, version: plugin.version, source: install.source }, { id, version, source });
    }
  },
};
