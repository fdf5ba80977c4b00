/** Forms for other programs: what GitHub's runner reads back, and what the schema of SARIF takes. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { reportText } from '../../src/commands/report-forms.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { goldenCases, caseInput } from '../golden/golden-case.ts';
import { render } from '../../src/render.ts';

const ODD: Diagnostic = {
  severity: 'error',
  rule: 'schema/type',
  message: '"50%,\n::set-output name=x::y" is no number\u202e; expected one',
  hint: 'write 50: a, b',
  location: { file: 'bots a/ä,b:50%.yaml', line: 3, column: 5, length: 4 },
};
const STDIN: Diagnostic = {
  severity: 'warning',
  rule: 'lock-missing',
  message: 'there is none',
  location: { file: '-', line: 1, column: 1, length: 1 },
};

/** As actions/runner does it: properties between the name and the second `::`, split at commas, then unescaped. */
function readCommand(line: string): { name: string; properties: Record<string, string>; data: string } {
  const [, name = '', list = '', data = ''] = /^::([a-z]+) (.*?)::(.*)$/.exec(line) ?? [];
  const plain = (text: string): string =>
    text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
  const properties = list.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), plain(pair.slice(pair.indexOf('=') + 1))]);
  return { name, properties: Object.fromEntries(properties) as Record<string, string>, data: plain(data) };
}

describe('GitHub annotations', () => {
  const lines = reportText([ODD, STDIN], 'github').split('\n');

  test('are read back as they were meant, whatever is in them', () => {
    assert.equal(lines.length, 3);
    assert.deepEqual(readCommand(lines[0]!), {
      name: 'error',
      properties: { file: 'bots a/ä,b:50%.yaml', line: '3', endLine: '3', col: '5', endColumn: '8', title: 'schema/type' },
      data: '"50%,\\n::set-output name=x::y" is no number\\u202e; expected one\nhint: write 50: a, b',
    });
  });

  test('name no file for standard input', () => {
    assert.equal(lines[1], '::warning title=lock-missing::there is none');
    assert.equal(lines[2], '');
  });

  test('are nothing without findings', () => assert.equal(reportText([], 'github'), ''));
});

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly help?: { readonly text: string } }[] } };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number; readonly locations: readonly object[] }[];
  }[];
}

describe('SARIF', () => {
  const require = createRequire(import.meta.url);
  const schema = join(dirname(require.resolve('@microsoft/jest-sarif')), 'schemas/sarif-2.1.0-rtm.5.json');
  // It is of draft 4, which our validator knows no more; apart from how a schema names itself it uses nothing that has changed since.
  const { $schema: draft, id: _, ...rest } = JSON.parse(readFileSync(schema, 'utf8')) as Record<string, unknown>;
  assert.equal(draft, 'http://json-schema.org/draft-04/schema#');
  const isValid = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(rest);
  const logOf = (diagnostics: readonly Diagnostic[]): Log => {
    const log = JSON.parse(reportText(diagnostics, 'sarif')) as Log;
    assert.ok(isValid(log), JSON.stringify(isValid.errors));
    return log;
  };

  test('is told from what the schema refuses', () => assert.equal(isValid({ version: '2.1.0', runs: [{ tool: {} }] }), false));

  test('names files by relative URIs, and places by columns of UTF-16', () => {
    const [run] = logOf([ODD, STDIN]).runs;
    assert.deepEqual(run?.results[0]?.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'bots%20a/%C3%A4%2Cb%3A50%25.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
        },
      },
    ]);
    const [absolute] = logOf([{ ...ODD, location: { ...ODD.location, file: '/a b/c.yaml' } }]).runs;
    assert.match(JSON.stringify(absolute?.results), /"uri":"file:\/\/\/a%20b\/c.yaml"/);
  });

  test('is a log without results when nothing is wrong', () => assert.deepEqual(logOf([]).runs[0]?.results, []));

  test('is valid for everything that the golden cases say, each rule with its help', async () => {
    const said: Diagnostic[] = [];
    for (const golden of goldenCases()) {
      if (golden.keepsManifests) continue;
      const { files, options } = await caseInput(golden);
      said.push(...render(files, options).diagnostics);
    }
    const [run] = logOf(said).runs;
    assert.ok(said.length > 300);
    for (const { ruleId, ruleIndex } of run?.results ?? []) assert.equal(run?.tool.driver.rules[ruleIndex]?.id, ruleId);
    for (const { id, help } of run?.tool.driver.rules ?? []) assert.ok(help !== undefined || id.startsWith('schema/'), id);
  });
});

test('--format of render and validate gives these forms on standard error', () => {
  const directory = mkdtempSync(join(tmpdir(), 'report-forms-'));
  const bot = 'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: bot, namespace: agents}\nspec: {imag: {}}\n';
  writeFileSync(join(directory, 'bot.yaml'), bot);
  const program = join(import.meta.dirname, '../../dist/openclaw-gitops.cjs');
  for (const command of ['render', 'validate']) {
    for (const [form, start] of [
      [
        'github',
        '::error file=bot.yaml,line=4,endLine=4,col=8,endColumn=11,title=schema/additionalProperties::"imag" is not a field of spec',
      ],
      ['sarif', '{\n  "$schema": "https://'],
    ] as const) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, command, 'bot.yaml', '--format', form], {
        cwd: directory,
        encoding: 'utf8',
      });
      assert.deepEqual([status, stdout], [1, '']);
      assert.ok(stderr.startsWith(start), stderr);
    }
  }
  rmSync(directory, { recursive: true });
});
