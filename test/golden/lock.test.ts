/** Every golden case with a lock made for it: all that runs is pinned, and nothing else is different. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../src/lib/json.ts';
import type { SourceFile } from '../../src/parse/source.ts';
import { usesOf } from '../../src/render.ts';
import { caseInput, goldenCases } from './golden-case.ts';
import { ownerOf } from './golden-files.ts';
import { outcomeOf } from './outcome.ts';
import { podOf } from './relaxations.ts';

const DIGEST = `@sha256:${'d'.repeat(64)}`;

function lockFile(images: Iterable<string>): SourceFile {
  const lock = {
    apiVersion: 'gitops.openclaw.rocks/v1alpha1',
    kind: 'OpenClawLock',
    metadata: { name: 'openclaw' },
    images: Object.fromEntries(Array.from(images, (image) => [image, DIGEST.slice(1)])),
  };
  return { name: 'made.lock.yaml', bytes: new TextEncoder().encode(JSON.stringify(lock)) };
}

/** Without digests of the lock and what follows from them: names of Jobs, and when images are pulled that had no tag. */
function withoutLock(objects: readonly JsonObject[]): string[] {
  return objects.map((object) => {
    const text = JSON.stringify(object)
      .replaceAll(DIGEST, '')
      .replaceAll(/"imagePullPolicy":"\w+"/g, '""');
    return object['kind'] === 'Job' ? text.replace(/"name":"[^"]*-[0-9a-f]{10}"/, '"name":""') : text;
  });
}

describe('a lock for a golden case', async () => {
  for (const known of goldenCases()) {
    const input = await caseInput(known);
    if (input.files.some(({ name }) => name.endsWith('openclaw.lock.yaml'))) continue;
    const before = outcomeOf(input);
    if (before.refused || before.objects.length === 0) continue;

    test(known.name, () => {
      const uses = usesOf(input.files, input.options);
      const after = outcomeOf({ ...input, files: [...input.files, lockFile(uses.images.keys())] });
      assert.deepEqual(
        after.diagnostics.filter(({ rule }) => rule.startsWith('lock-')),
        [],
      );
      for (const object of after.objects) {
        const pod = ownerOf(object) === null ? null : podOf(object);
        for (const { name, image } of [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])])
          assert.match(image ?? '', /@sha256:[0-9a-f]{64}$/, `${String(object['kind'])}, container ${name}`);
      }
      assert.deepEqual(withoutLock(after.objects), withoutLock(before.objects));
    });
  }
});
