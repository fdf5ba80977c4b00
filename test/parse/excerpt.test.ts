import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';
import { diagnosticsJson } from '../../src/diagnostics/json.ts';
import { excerptOf } from '../../src/parse/excerpt.ts';
import { sourceText } from '../../src/parse/source-text.ts';
import { HEAD, onlyObject, parseText } from './sources.ts';

/** The excerpt of the last line of a text. */
function lastLine(text: string): string | undefined {
  return excerptOf(sourceText('a.yaml', text), text.split('\n').length).text;
}

const SHOWN: readonly string[] = [
  'spec:\n  image: ghcr.io/openclaw/openclaw',
  'spec:\n  tailscale:\n    authKeySecretKey: auth key',
  'spec:\n  gateway:\n    existingSecret: my-gateway',
  'spec:\n  envFrom:\n  - secretRef:\n      name: api-keys',
  'spec:\n  env:\n  - name: A\n    valueFrom:\n      secretKeyRef:\n        key: token',
  'spec:\n  tolerations:\n  - key: gpu',
  'spec:\n  affinity:\n    matchExpressions:\n    - key: zone',
  'spec:\n  topologySpreadConstraints:\n  - topologyKey: zone',
  'spec:\n  automountServiceAccountToken: yes',
  'spec:\n  env:\n  - name: OPENAI_API_KEY',
  'spec:\n  data:\n    a: 1\n  image: {tag: x}',
  'stringData:\n  a: |\n    b\nkind: Secret',
  'stringData:\n  a: b\n---\nkind: Pod',
  'items: [',
  '}',
  'annotations:',
];
for (const text of SHOWN) {
  test(`the last line of ${JSON.stringify(text)} is shown`, () => assert.equal(lastLine(text), text.split('\n').at(-1)));
}

const HIDDEN: readonly (readonly [string, string | undefined])[] = [
  ['data:\n  a: hunter2', '  a: …'],
  ['stringData:\n  config: |\n    user: hunter2', '    user: …'],
  ['stringData:\n  config: |\n    hunter2', undefined],
  ['stringData:\n  config: |\nhunter2', undefined],
  ['stringData:\n  config: "one\n  hunter2"', undefined],
  ['- name: A\n  value: hunter2', '  value: …'],
  ['env:\n- value: hunter2', '- value: …'],
  ['env:\n- name: A\n  value:\n    hunter2', undefined],
  ['env: [{name: A, value: hunter2}]', 'env: …'],
  ['{"env":[{"value":"hunter2"}]}', undefined],
  ['spec:\n  config:\n    raw:\n      channels:\n        telegram:\n          botname: hunter2', '          botname: …'],
  ['workspace:\n  initialFiles:\n    A.md: hunter2', '    A.md: …'],
  ['metadata:\n  annotations:\n    a.b/c: hunter2', '    a.b/c: …'],
  ['spec:\n  botToken: hunter2', '  botToken: …'],
  ['spec:\n  apiKey: hunter2 # comment', '  apiKey: …'],
  ['spec:\n  PASSWORD: hunter2', '  PASSWORD: …'],
  ["spec:\n  'secret': hunter2", "  'secret': …"],
  ['{\n  "spec": {\n    "token": "hunter2"', '    "token": …'],
  ['{\n  "data": {\n    "a": "hunter2"', '    "a": …'],
  ['tokens:\n- hunter2', '- …'],
  ['tokens:\n  - hunter2', '  - …'],
  ['tokens:\n  first:\n    - hunter2', '    - …'],
  ['credentials: {user: hunter2}', 'credentials: …'],
  ['spec: {image: {pullToken: hunter2}}', 'spec: …'],
  ['args:\n- --token=hunter2', '- …'],
  ['url: https://me:hunter2@example.com', 'url: …'],
  ['spec:\n  name: sk-ant-hunter2', '  name: …'],
  ['# token: hunter2', undefined],
  ['spec: # token: hunter2', 'spec: …'],
  ['hunter2', undefined],
  ['key: |\n-----BEGIN PRIVATE KEY-----', undefined],
  [`spec:\n  deep:\n${'    - a\n'.repeat(500)}    - hunter2`, '    - …'],
  [`a: ${'hunter2'.repeat(100)}`, undefined],
];
for (const [text, expected] of HIDDEN) {
  test(`the last line of ${JSON.stringify(text.slice(0, 80))} hides its value`, () => assert.equal(lastLine(text), expected));
}

test('the path tells what the line does not', () => {
  const object = onlyObject(`${HEAD}list: [{data: {\n  a: hunter2}}]\n`);
  const { sourceLine, length } = object.locate(['list', 0, 'data', 'a']);
  assert.deepEqual([sourceLine, length], ['  a: …', 1]);
});

test('a caret below a hidden value does not tell its length', () => {
  const { length } = onlyObject(`${HEAD}data:\n  a: hunter2\n`).locate(['data', 'a']);
  assert.equal(length, 1);
});

/** Broken texts with a secret in them; whatever is said about them, it must not be the secret. */
const BROKEN: readonly string[] = [
  'stringData:\n  a: "hunter2\n',
  'stringData:\n  a: hunter2: b\n',
  'stringData:\n  a: *hunter2\n',
  'stringData:\n  a: &hunter2\n  b: c\n b: c\n',
  'stringData:\n  a: !hunter2 x\n',
  'stringData:\n  a: !e!hunter2 x\n',
  'stringData:\n  a: @hunter2\n',
  'stringData:\n  a: %hunter2\n',
  'stringData:\n  a: `hunter2\n',
  'stringData:\n  a: |hunter2\n',
  'stringData:\n  a: |\nhunter2\n',
  'stringData:\n  a: |\n hunter2\n hunter2\n',
  'stringData:\n  a: "\\hunter2"\n',
  'stringData:\n  a: {hunter2\n',
  'stringData:\n  a: [hunter2]]\n',
  'stringData:\n  a: hunter2\n   b: c\n',
  'stringData:\n  - hunter2\n  b: c\n',
  'stringData:\n\ta: hunter2\n',
  'stringData: "a" hunter2\n',
  'stringData:\n  a: hunter2\u0007\n',
  'stringData:\n  a: hunter2\n  a: hunter2\n',
  'stringData:\n  a: >hunter2\n  b\n',
  '{"data":{"a":"hunter2",}}}',
  '{"data":{"a":"hunter2\n"}}',
  '{"stringData":\n{"token":"hunter2" "b"}}',
  'data:\n  a: 99999999999999999999 # hunter2\n',
  'data: ! hunter2\nhunter2\n',
  'hunter2',
  '--- hunter2\n',
  'token: !!int hunter2\n',
  'token: *hunter2',
  '%hunter2\n---\na: b\n',
];
for (const text of BROKEN) {
  test(`nothing said about ${JSON.stringify(text)} has the secret in it`, () => {
    for (const input of [text, HEAD + text]) {
      const { diagnostics } = parseText(input);
      assert.ok(diagnostics.length > 0);
      assert.doesNotMatch(formatDiagnostics(diagnostics) + diagnosticsJson(diagnostics), /hunter/);
    }
  });
}
