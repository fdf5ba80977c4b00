/** What a hint tells a user of Argo CD or of a KRM function to do is something that they can do. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { hintOf } from '../../src/commands/face-hints.ts';
import { INPUT_FLAGS } from '../../src/commands/input-flags.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Where messages and hints of the renderer are written. */
const STAGES = 'src/{compose,features,kinds,output,parse,resolve,validate}/**/*.ts';
const FLAG = new RegExp(`(\\w+ )?--(?:${INPUT_FLAGS.map(({ name }) => name).join('|')})\\b`, 'g');

/** Every mention of a flag outside of comments, with the word before it. */
function mentions(): readonly { readonly file: string; readonly text: string }[] {
  return globSync(STAGES, { cwd: ROOT }).flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(?:\/\*\*|\*|\/\/)/.test(line))
      .flatMap((line) => Array.from(line.matchAll(FLAG), ([text]) => ({ file, text }))),
  );
}

describe('hints', () => {
  test('name flags in the one way that can be said otherwise', () => {
    const found = mentions();
    assert.ok(found.length >= 4, `${found.length}`);
    for (const { file, text } of found) {
      assert.match(text, /^pass --/, file);
      for (const face of ['argocd', 'krm'] as const) assert.ok(!hintOf(face, text).includes('--'), `${file}: ${hintOf(face, text)}`);
    }
  });

  for (const [face, hint, expected] of [
    ['argocd', 'name a file, or pass --allow-empty', 'name a file, or set the plugin parameter "allow-empty" to "true"'],
    ['argocd', 'pass --registry', 'set the plugin parameter "registry"'],
    ['argocd', 'set it, or pass --namespace', "set it, or set the namespace of the Application's destination"],
    ['krm', 'set it, or pass --namespace', 'set it, or set the parameter "namespace"'],
    ['argocd', 'with kubectl use "apply --server-side"', 'with kubectl use "apply --server-side"'],
  ] as const)
    test(`for ${face}, of "${hint}"`, () => assert.equal(hintOf(face, hint), expected));
});
