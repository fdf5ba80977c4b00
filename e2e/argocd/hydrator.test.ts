/** What Argo CD's own code commits for the Source Hydrator, and reads from that again: the objects that we rendered. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, describe, test } from 'node:test';
import { isDeepStrictEqual, promisify } from 'node:util';
import { brokenByKustomize } from '../../src/kube/kustomize-text.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import { render } from '../../src/render.ts';
import { caseInput, goldenCases } from '../../test/golden/golden-case.ts';
import { binary } from '../tools/binary.ts';
import { TRIED_CHARACTERS } from '../tried-characters.ts';

const run = promisify(execFile);
/** The rule about text that is changed on such ways. */
const WARNED_BY = 'control-character';

interface Hydrated {
  readonly error?: string;
  readonly files: readonly string[];
  readonly objects: readonly JsonObject[];
}

describe('the Source Hydrator, by the code of Argo CD', () => {
  let program = '';
  before(async () => {
    program = await binary('argocd-judge');
  });

  /** One answer for each set of manifests. */
  async function hydrated(sets: readonly (readonly JsonObject[])[]): Promise<readonly Hydrated[]> {
    const running = run(program, ['hydrate'], { maxBuffer: 1 << 28 });
    running.child.stdin?.end(sets.map((set) => `${JSON.stringify(set)}\n`).join(''));
    const { stdout } = await running;
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Hydrated);
  }

  test('loses nothing of any golden output', async () => {
    const cases: { readonly name: string; readonly objects: readonly JsonObject[] }[] = [];
    for (const golden of goldenCases()) {
      const { files, options } = await caseInput(golden);
      const { diagnostics, objects } = render(files, options);
      const all = [...objects];
      if (all.length > 0 && !diagnostics.some(({ rule }) => rule === WARNED_BY)) cases.push({ name: golden.name, objects: all });
    }
    assert.ok(cases.length > 100);
    const answers = await hydrated(cases.map(({ objects }) => objects));
    assert.equal(answers.length, cases.length);
    for (const [index, { name, objects }] of cases.entries()) {
      const { error, files, objects: read } = answers[index]!;
      assert.equal(error, undefined, name);
      assert.deepEqual(files, ['README.md', 'hydrator.metadata', 'manifest.yaml']);
      assert.deepEqual(read, objects, name);
    }
  });

  test('changes no character that the renderer does not warn of', async () => {
    const sets = TRIED_CHARACTERS.map((code): JsonObject[] => {
      const text = `a${String.fromCodePoint(code)}b`;
      return [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { text, lines: `one\n ${text} \n` } }];
    });
    const answers = await hydrated(sets);
    const changed = TRIED_CHARACTERS.filter((_, index) => {
      const { error, objects } = answers[index]!;
      return error !== undefined || !isDeepStrictEqual(objects, sets[index]);
    });
    const shown = (codes: readonly number[]): string[] => codes.map((code) => `U+${code.toString(16)}`);
    assert.deepEqual(shown(changed.filter((code) => brokenByKustomize(String.fromCodePoint(code)) === null)), []);
    assert.ok(changed.length > 0, 'control: some character is changed');
  });
});
