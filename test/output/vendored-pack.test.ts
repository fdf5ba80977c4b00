import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { vendoredPackName, vendoredPackText } from '../../src/output/vendored-pack.ts';
import { parseSources } from '../../src/parse/parse.ts';
import { TREACHEROUS } from './text-samples.ts';

const COMMIT = '0'.repeat(39) + '1';

function textOf(files: Readonly<Record<string, string>>): string {
  const entries = Object.entries(files).map(([path, text]) => [path, { text, isBase64: false }] as const);
  return vendoredPackText({ reference: 'pack:a/b/c', commit: COMMIT, files: new Map(entries) });
}

function readBack(text: string): unknown {
  const { objects, diagnostics } = parseSources([{ name: 'pack.yaml', bytes: new TextEncoder().encode(text) }]);
  assert.deepEqual(diagnostics, [], text);
  return objects[0]?.value['data'];
}

const piece = fc.constantFrom(
  '\n',
  '\n\n',
  ' ',
  '  ',
  '\t',
  '\r\n',
  'a',
  '- b',
  '# c',
  'key: d',
  '---',
  '...',
  '"',
  "'",
  '|',
  '>',
  '\\',
  '${x}',
  'é',
  '😀',
  '\u2028',
  '\u0085',
  '\ufeff',
);
const anyContent = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));

test('every text is read back as it was, by us and by YAML readers of both versions', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('SKILL.md', 'a/b.md', '.hidden', 'on', '1', 'ñ.md', '~', '<<'), anyContent, { noNullPrototype: true }),
      (files) => {
        const text = textOf(files);
        const wanted = Object.keys(files).length === 0 ? undefined : files;
        if (!Object.hasOwn(files, '<<')) assert.deepEqual(readBack(text), wanted);
        for (const version of ['1.1', '1.2'] as const)
          assert.deepEqual((parse(text, { version, merge: false }) as { data?: unknown }).data, wanted);
      },
    ),
    { numRuns: 400, seed: 20261122 },
  );
});

test('samples are read back as they were', () => {
  for (const sample of TREACHEROUS) assert.deepEqual(readBack(textOf({ 'a.md': sample })), { 'a.md': sample }, JSON.stringify(sample));
});

test('what people write stays readable: code with tabs, line breaks of Markdown, indented first lines', () => {
  assert.match(textOf({ 'a.md': '  first\nsecond  \n\tthird\n\n' }), /\n {2}a\.md: \|2\+\n {6}first\n {4}second {2}\n {4}\tthird\n\n$/);
});

test('names are unique, and names of objects and files', () => {
  const references = [
    'pack:a/b/c',
    'pack:a-b/c/d',
    'pack:a/b-c/d',
    'pack:a/b/c@v1',
    'pack:a/b/c@V1',
    'pack:_/_/_',
    `pack:${'a'.repeat(60)}/b/${'c'.repeat(60)}`,
  ];
  const names = references.map(vendoredPackName);
  assert.equal(new Set(names.map((name) => name.toLowerCase())).size, references.length);
  for (const name of names) assert.match(name, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
});
