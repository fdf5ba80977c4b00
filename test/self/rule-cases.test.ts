/** Everything that can be said about an input is said in a golden case, and nothing that is unknown. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { PARSE_PROBLEMS } from '../../src/parse/problem.ts';
import { inputRules } from '../../src/validate/input-rules.ts';
import { retiredRules, rules } from '../../src/validate/rules/index.ts';
import { goldenCases, RULES } from '../golden/golden-case.ts';
import { ROOT } from './source-files.ts';

/** Refusals of files and of sizes, which no file of a golden case can show; proven in the folder named. */
const PROVEN_ELSEWHERE: Readonly<Record<string, string>> = {
  'parse/expansion-limit': 'test/parse',
  'parse/function-config': 'test/commands',
  'parse/kustomize': 'test/adapters',
  'parse/kustomize-missing': 'test/adapters',
  'parse/nested-kustomization': 'test/adapters',
  'parse/nesting-limit': 'test/parse',
  'parse/no-files': 'test/adapters',
  'parse/not-found': 'test/adapters',
  'parse/resource-list': 'test/commands',
  'parse/size-limit': 'test/parse',
  'parse/special-file': 'test/adapters',
  'parse/symlink-outside': 'test/adapters',
  'parse/unreadable': 'test/adapters',
};

/** Keywords that the schema uses; `const` cannot fail, since other kinds are classified before. */
function schemaKeywords(): string[] {
  const found = new Set<string>();
  const keywords = [
    'additionalProperties',
    'enum',
    'maxItems',
    'maxLength',
    'maxProperties',
    'maximum',
    'minItems',
    'minLength',
    'minimum',
    'multipleOf',
    'pattern',
    'required',
    'type',
    'uniqueItems',
  ];
  function visit(node: unknown): void {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (keywords.includes(key) && (typeof value !== 'object' || Array.isArray(value))) found.add(key);
      visit(value);
    }
  }
  visit(JSON.parse(readFileSync(join(ROOT, 'schema/openclaw-instance.schema.json'), 'utf8')));
  return [...found];
}

const ids = [
  ...rules.map(({ id }) => id),
  ...inputRules.map(({ id }) => id),
  ...Object.keys(PARSE_PROBLEMS).map((code) => `parse/${code}`),
  ...schemaKeywords().map((keyword) => `schema/${keyword}`),
];
const severities = new Map<string, string>([
  ...[...rules, ...inputRules].map(({ id, severity }): [string, string] => [id, severity]),
  ...Object.entries(PARSE_PROBLEMS).map(([code, { severity }]): [string, string] => [`parse/${code}`, severity]),
]);
const cases = goldenCases();

/** The ids that a golden case's messages name, with their severities. */
function spokenIn(directory: string): [id: string, severity: string][] {
  const file = join(directory, 'stderr.txt');
  if (!existsSync(file)) return [];
  return Array.from(readFileSync(file, 'utf8').matchAll(/^\S+:\d+:\d+: (error|warning): .* \[([^\]\s]+)\]$/gm), ([, severity, id]) => [
    id!,
    severity!,
  ]);
}

describe('rule ids', () => {
  test('are unique and never reused', () => {
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
    assert.deepEqual(
      ids.filter((id) => retiredRules.includes(id)),
      [],
    );
  });

  test('each have a golden case of their name in which they speak', () => {
    const silent = ids
      .filter((id) => !Object.hasOwn(PROVEN_ELSEWHERE, id))
      .filter((id) => {
        const own = cases.find(({ name }) => name === `${RULES}/${id}`);
        return own === undefined || !spokenIn(own.directory).some(([spoken]) => spoken === id);
      });
    assert.deepEqual(silent, []);
  });

  test('of golden cases exist, and so do those that are proven elsewhere', () => {
    const named = cases.flatMap(({ name }) => (name.startsWith(`${RULES}/`) ? [name.slice(RULES.length + 1)] : []));
    assert.deepEqual(
      [...named, ...Object.keys(PROVEN_ELSEWHERE)].filter((id) => !ids.includes(id)),
      [],
    );
    assert.deepEqual(
      Object.keys(PROVEN_ELSEWHERE).filter((id) => named.includes(id)),
      [],
    );
  });

  test('in golden messages are known, and none is harsher than its rule', () => {
    const spoken = cases.flatMap(({ name, directory }) => spokenIn(directory).map(([id, severity]) => ({ name, id, severity })));
    assert.ok(spoken.length > ids.length / 2);
    assert.deepEqual(
      spoken.filter(({ id }) => !ids.includes(id)),
      [],
    );
    // A rule may be milder in one case, never harsher than it says.
    assert.deepEqual(
      spoken.filter(({ id, severity }) => severity === 'error' && severities.get(id) === 'warning'),
      [],
    );
  });
});

describe('rules', () => {
  test('say what to do and what they are about', () => {
    for (const { id, summary, hint } of [...rules, ...inputRules]) {
      assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.ok(summary.endsWith('.') && !summary.includes('\n'), `${id}: a sentence for the table`);
      assert.ok(hint.length > 0 && !hint.endsWith('.'), `${id}: a hint without a full stop`);
    }
  });
});
