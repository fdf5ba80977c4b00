/** The package as another program imports it: typed, and without anything of Node in it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { render, toJsonLine, toYaml, type Diagnostic, type JsonObject, type RenderOptions } from 'openclaw-gitops';

const ROOT = join(import.meta.dirname, '../..');
const BOT =
  'apiVersion: openclaw.rocks/v1\nkind: OpenClawInstance\nmetadata: {name: bot}\nspec: {image: {tag: 2026.9.6}, envFrom: [{secretRef: {name: keys}}]}\n';

function files(text: string): { name: string; bytes: Uint8Array }[] {
  return [{ name: 'bot.yaml', bytes: new TextEncoder().encode(text) }];
}

test('the library renders, with types', () => {
  const options: RenderOptions = { namespace: 'agents' };
  const { refused, diagnostics, objects } = render(files(BOT), options);
  const list: JsonObject[] = [...objects];
  assert.deepEqual([refused, diagnostics.map(({ rule }) => rule)], [false, ['lock-missing']]);
  assert.ok(list.some((object) => object['kind'] === 'StatefulSet'));
  assert.ok(list.every((object) => toYaml(object).startsWith('apiVersion: ') && toJsonLine(object).endsWith('}\n')));
});

test('the library refuses with diagnostics and gives no object', () => {
  const { refused, diagnostics, objects } = render(files(BOT.replace('image', 'imag')));
  const rules = diagnostics.map(({ rule }: Diagnostic) => rule);
  assert.deepEqual([refused, rules.includes('schema/additionalProperties'), [...objects]], [true, true, []]);
});

test('P2 the library imports nothing, of Node or of anybody', async () => {
  const yaml = join(ROOT, 'node_modules/yaml/browser/index.js');
  const { metafile } = await build({
    entryPoints: [join(ROOT, 'src/index.ts')],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'neutral',
    format: 'esm',
    mainFields: ['module', 'main'],
    alias: { yaml },
  });
  assert.deepEqual(
    Object.values(metafile.outputs).flatMap(({ imports }) => imports),
    [],
  );
});
