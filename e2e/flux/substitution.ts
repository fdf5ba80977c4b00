/** The rule that keeps text from substitution, against the real substitution: texts of the signs that it reads, in all orders. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { KubeObject } from '../../src/kube/types.ts';
import { canonical } from '../../src/output/canonical.ts';
import { keptFromSubstitution } from '../../src/output/flux-substitution.ts';
import type { CheckResult } from '../cluster/report.ts';
import { fluxBuild } from '../tools/flux.ts';
import { writeManifests } from './written.ts';

const TEXTS = 2000;
/** What substitution reads, and what stands around it; its own words more often. */
const SIGNS = [...'${}():-=?+#@!*/%\\"\'\n 1a'.split(''), '${', '${', '$$', 'cluster_name'];

function configMap(name: string, text: string): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'agents' }, data: { text } } as KubeObject;
}

export async function checkSubstitution(): Promise<CheckResult> {
  const root = mkdtempSync(join(tmpdir(), 'openclaw-gitops-flux-'));
  const write = (name: string, objects: readonly KubeObject[]): string => {
    writeManifests([{ instance: null, objects: objects.map(canonical) }], join(root, name));
    return join(root, name);
  };
  try {
    const texts = fc.sample(
      fc.array(fc.constantFrom(...SIGNS), { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
      { numRuns: TEXTS, seed: 1 },
    );
    const kept = texts.map((text, index) => keptFromSubstitution(configMap(`text-${index}`, text)));
    const optedOut = kept.filter(({ metadata }) => metadata.annotations !== undefined).length;
    // Both kinds, or nothing is proven.
    assert.ok(optedOut > TEXTS / 10 && optedOut < TEXTS - TEXTS / 10, `${optedOut} of ${TEXTS} opt out`);
    const [all, known, unknown, doubled] = await fluxBuild([
      write('all', kept),
      write('known', [configMap('a', '${cluster_name}')]),
      write('unknown', [configMap('a', '${OPENCLAW_TOKEN}')]),
      write('doubled', [configMap('a', 'kill $$')]),
    ]);
    assert.deepEqual(all, { objects: kept.map(canonical) });
    // Without the annotation the same code does change them, or refuses all.
    assert.deepEqual(known, { objects: [configMap('a', 'production')] });
    assert.deepEqual(doubled, { objects: [configMap('a', 'kill $')] });
    assert.match(JSON.stringify(unknown), /variable not set \(strict mode\).*OPENCLAW_TOKEN|OPENCLAW_TOKEN.*variable not set/);
    return {
      summary: `${TEXTS} texts arrive as they are, ${optedOut} of them by the annotation; three controls change`,
      rows: [],
      failures: [],
    };
  } finally {
    rmSync(root, { recursive: true });
  }
}
