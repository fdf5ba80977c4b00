/** The comparison of two renders by the table of immutable fields; `npm run e2e:cluster` compares the table with a real API server. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { render } from '../../src/index.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import { refusedChanges } from '../../src/output/immutable-fields.ts';

function rendered(spec: object): readonly JsonObject[] {
  const instance = {
    apiVersion: 'openclaw.rocks/v1alpha1',
    kind: 'OpenClawInstance',
    metadata: { name: 'bot', namespace: 'agents' },
    spec,
  };
  const { diagnostics, objects } = render([{ name: 'bot.yaml', bytes: new TextEncoder().encode(JSON.stringify(instance)) }]);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  );
  return [...objects];
}

const volume = (persistence: object): object => ({ storage: { persistence } });
const SCALED = { availability: { autoScaling: { enabled: true } } };
const browser = (persistence: object): object => ({ chromium: { enabled: true, persistence: { enabled: true, ...persistence } } });
const SIZE = 'PersistentVolumeClaim bot-data spec.resources.requests.storage';
const CLASS = 'PersistentVolumeClaim bot-data spec.storageClassName';
const TEMPLATES = 'StatefulSet bot spec.volumeClaimTemplates';

const CHANGES: readonly (readonly [title: string, before: object, after: object, refused: readonly string[]])[] = [
  ['nothing', {}, {}, []],
  ['more room', volume({ size: '10Gi' }), volume({ size: '20Gi' }), []],
  ['as much room', volume({ size: '1Gi' }), volume({ size: '1024Mi' }), []],
  ['less room', volume({ size: '1Gi' }), volume({ size: '1023Mi' }), [SIZE]],
  ['less room in another unit', volume({ size: '1Gi' }), volume({ size: '1G' }), [SIZE]],
  ['another class', volume({ storageClass: 'fast' }), volume({ storageClass: 'slow' }), [CLASS]],
  ['no class any more', volume({ storageClass: 'fast' }), {}, [CLASS]],
  ['the class that the cluster may have chosen', {}, volume({ storageClass: 'fast' }), []],
  ['another access mode', {}, volume({ accessModes: ['ReadWriteOncePod'] }), ['PersistentVolumeClaim bot-data spec.accessModes']],
  ['a claim of its own', volume({ size: '10Gi' }), volume({ existingClaim: 'new' }), []],
  ['no volume', {}, volume({ enabled: false }), []],
  ['claims by template', {}, SCALED, [TEMPLATES]],
  ['one claim again', SCALED, {}, [TEMPLATES]],
  ['more room of claims by template', { ...SCALED, ...volume({ size: '1Gi' }) }, { ...SCALED, ...volume({ size: '2Gi' }) }, [TEMPLATES]],
  [
    'less room for the browser',
    browser({ size: '2Gi' }),
    browser({ size: '1Gi' }),
    ['PersistentVolumeClaim bot-chromium-data spec.resources.requests.storage'],
  ],
  ['another image, other tries', {}, { image: { tag: '2026.9.6' }, availability: { nodeSelector: { disk: 'ssd' } } }, []],
];

describe('refusedChanges', () => {
  for (const [title, before, after, refused] of CHANGES) {
    test(title, () => {
      const found = refusedChanges(rendered(before), rendered(after)).map(({ field, object }) => `${object} ${field.path.join('.')}`);
      assert.deepEqual(found, refused);
    });
  }

  test('an object of another namespace is another object', () => {
    const [claim, other] = ['a', 'b'].map((namespace) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'x', namespace },
      type: namespace,
    }));
    assert.deepEqual(refusedChanges([claim!], [other!]), []);
  });
});
