/** Inputs made to exhaust a parser, by name. Run as a program, it reads one of them and prints what that took. */
import process from 'node:process';
import { parseSources } from '../../src/parse/parse.ts';
import type { SourceFile } from '../../src/parse/source.ts';

const MEBIBYTE = 1024 * 1024;
/** Just below the size that is refused unread. */
const FULL = 8 * MEBIBYTE - 1024;
const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n';

/** Repeats `unit` until the file is as large as a file may be. */
function full(unit: string, before = '', after = ''): string {
  return before + unit.repeat(Math.floor((FULL - before.length - after.length) / unit.length)) + after;
}

function numbered(count: number, line: (index: number) => string): string {
  const lines: string[] = [];
  for (let index = 0; index < count; index++) lines.push(line(index));
  return lines.join('');
}

function billionLaughs(): string {
  const levels = numbered(30, (level) =>
    level === 0 ? 'l0: &l0 [x, x, x, x, x, x, x, x, x]\n' : `l${level}: &l${level} [${`*l${level - 1}, `.repeat(9)}]\n`,
  );
  return HEAD + levels;
}

function mergeBomb(): string {
  const base = `b0: &b0\n${numbered(1000, (index) => `  k${index}: v\n`)}`;
  return HEAD + base + numbered(100, (index) => `m${index}:\n  <<: [${'*b0, '.repeat(100)}]\n`);
}

function mergeChain(): string {
  return HEAD + 'c0: &c0 {a: b}\n' + numbered(8000, (index) => `c${index + 1}: &c${index + 1}\n  <<: *c${index}\n  k${index}: v\n`);
}

function sameTimes(count: number, text: string): SourceFile[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: count }, (_, index) => ({ name: `f${index}.yaml`, bytes }));
}

/** What must happen to it, a rule id or `accepted`, and how it is made: the text of one file, or the files. */
export const HOSTILE_INPUTS: Readonly<Record<string, { readonly rule: string; readonly input: () => string | SourceFile[] }>> = {
  'a file of 100 MB': { rule: 'parse/size-limit', input: () => 'a: b\n'.repeat(20 * MEBIBYTE) },
  'five files of 8 MB': { rule: 'parse/size-limit', input: () => sameTimes(5, full('# comment\n')) },
  '20,000 documents': { rule: 'parse/size-limit', input: () => `---\n${HEAD}`.repeat(20_000) },
  '20,000 empty documents': { rule: 'accepted', input: () => '---\n'.repeat(20_000) },
  '20,000 files': { rule: 'parse/size-limit', input: () => sameTimes(20_000, HEAD) },
  '20,000 items of a list': {
    rule: 'parse/size-limit',
    input: () =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: Array.from({ length: 20_000 }, () => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } })),
      }),
  },
  '20,000 JSON objects': {
    rule: 'parse/size-limit',
    input: () => '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"}}\n'.repeat(20_000),
  },
  '20,000 lists in brackets': { rule: 'parse/nesting-limit', input: () => `${HEAD}data: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n` },
  '20,000 dashes': { rule: 'parse/nesting-limit', input: () => `${'- '.repeat(20_000)}\n` },
  '20,000 question marks': { rule: 'parse/nesting-limit', input: () => `${'? '.repeat(20_000)}\n` },
  '20,000 colons': { rule: 'parse/nesting-limit', input: () => `${'a: '.repeat(20_000)}\n` },
  '3,500 levels of indentation': { rule: 'parse/nesting-limit', input: () => numbered(3500, (level) => `${' '.repeat(level)}a:\n`) },
  '20,000 JSON lists': { rule: 'parse/nesting-limit', input: () => `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}` },
  '20,000 JSON maps': { rule: 'parse/nesting-limit', input: () => `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}` },
  'a billion laughs': { rule: 'parse/expansion-limit', input: billionLaughs },
  'a bomb of merges': { rule: 'parse/expansion-limit', input: mergeBomb },
  'a chain of merges': { rule: 'parse/expansion-limit', input: mergeChain },
  '8 MB of empty maps': { rule: 'parse/size-limit', input: () => full('{},', `${HEAD}data: [`, ']') },
  '8 MB of JSON maps': { rule: 'parse/size-limit', input: () => full('{},', '{"a":[', '{}]}') },
  '32 MB of JSON keys': {
    rule: 'parse/size-limit',
    input: () => sameTimes(4, `{${numbered(500_000, (index) => `"k${index}":{},`)}"z":1}`),
  },
  'a quarter of a MB of equal keys': { rule: 'parse/duplicate-key', input: () => full('a: b\n').slice(0, MEBIBYTE / 4) },
  '50,000 equal keys in JSON': { rule: 'parse/duplicate-key', input: () => `{${'"a":1,'.repeat(50_000)}"a":1}` },
  '8 MB of different keys': { rule: 'parse/missing-api-version', input: () => numbered(700_000, (index) => `k${index}: \n`) },
  '8 MB of comments': { rule: 'accepted', input: () => full('#\n', HEAD) },
  '8 MB of comments, one indented deeper than the other': {
    rule: 'parse/size-limit',
    input: () => full(' #\n#\n', `${HEAD}data: {a: b}\n`),
  },
  '8 MB of blank lines': { rule: 'parse/size-limit', input: () => full('\n', HEAD, 'a: [b]') },
  '8 MB of longer folded lines': { rule: 'accepted', input: () => full(`  ${'x'.repeat(40)}\n`, `${HEAD}data: {}\nother: >\n`) },
  '8 MB of longer literal lines': { rule: 'accepted', input: () => full(`  ${'x'.repeat(40)}\n`, `${HEAD}data: {a: b}\nother: |+\n`) },
  '8 MB in double quotes': { rule: 'accepted', input: () => full('\\x41', `${HEAD}data: "`, '"\n') },
  'a quarter of a MB of open quotes': { rule: 'parse/yaml-syntax', input: () => full('"\n').slice(0, MEBIBYTE / 4) },
  '8 MB of backslashes': { rule: 'parse/yaml-syntax', input: () => full('\\', 'a: "') },
  '8 MB of anchors': { rule: 'parse/size-limit', input: () => full('&a ') },
  '8 MB of block text markers': { rule: 'parse/size-limit', input: () => full('|\n') },
  'a quarter of a MB of directives': { rule: 'parse/directive', input: () => full('%YAML 1.1\n').slice(0, MEBIBYTE / 4) },
  'a quarter of a MB of missing colons': { rule: 'parse/yaml-syntax', input: () => full('a\n', 'a:\n').slice(0, MEBIBYTE / 4) },
  '8 MB of control characters': { rule: 'parse/control-character', input: () => full('\x01') },
  '8 MB of bytes that are not UTF-8': { rule: 'parse/encoding', input: () => [{ name: 'x.yaml', bytes: new Uint8Array(FULL).fill(0xff) }] },
  'mistakes far below their keys': {
    rule: 'parse/duplicate-key',
    input: () => sameTimes(100, `${HEAD}list:\n${'- a: 1\n  a: 1\n'.repeat(20)}${'- 1\n'.repeat(3000)}${'- a: 1\n  a: 1\n'.repeat(20)}`),
  },
  '15,000 documents with many mistakes each': {
    rule: 'parse/duplicate-key',
    input: () => sameTimes(3, `---\n${'a: 1\n'.repeat(40)}`.repeat(5000)),
  },
  '10,000 small instances in one file': { rule: 'accepted', input: () => `---\n${HEAD}`.repeat(10_000) },
  '10,000 small instances in as many files': { rule: 'accepted', input: () => sameTimes(10_000, HEAD) },
  '10,000 small instances that only the general reader takes': {
    rule: 'accepted',
    input: () => `---\n${HEAD}data: {a: b}\n`.repeat(10_000),
  },
};

if (process.argv[1] === import.meta.filename) {
  const input = HOSTILE_INPUTS[process.argv[2] ?? '']?.input() ?? '';
  const files = typeof input === 'string' ? [{ name: 'x.yaml', bytes: Buffer.from(input) }] : input;
  const { objects, diagnostics } = parseSources(files);
  const { user, system } = process.cpuUsage();
  process.stdout.write(
    JSON.stringify({
      cpuSeconds: (user + system) / 1e6,
      rules: [...new Set(diagnostics.map(({ rule }) => rule))],
      objects: objects.length,
    }),
  );
}
