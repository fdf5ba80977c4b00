import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPENCLAW_INSTRUMENTS } from '../../../test/features/known-series.ts';
import { installation } from '../cache.ts';
import type { Check } from '../check.ts';
import { OPENCLAW_VERSIONS } from '../versions.ts';

/** Every release that is installed documents the metrics that alerts and dashboards read, with their kind and their attributes. */
export const documentedMetrics: Check = {
  id: 'documented-metrics',
  run: async (agent) => {
    const missing = [agent.version, ...OPENCLAW_VERSIONS].flatMap((version) => {
      const docs = join(installation(version), 'node_modules/openclaw/docs/gateway');
      if (!existsSync(docs) && version !== agent.version) return [];
      const text = globSync('opentelemetry{.md,/*.md}', { cwd: docs })
        .map((file) => readFileSync(join(docs, file), 'utf8'))
        .join('\n');
      return OPENCLAW_INSTRUMENTS.flatMap(({ name, kind, attributes }) => {
        const said = text.split('\n').find((line) => line.startsWith(`- \`${name}\` (${kind}, attrs: `)) ?? '';
        const unsaid = attributes.filter((attribute) => !said.includes(`\`${attribute}\``));
        return said === '' || unsaid.length > 0 ? [`${version}: ${kind} ${name} ${unsaid.join(', ')}`] : [];
      });
    });
    assert.deepEqual(missing, []);
  },
};
