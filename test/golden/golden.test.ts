/** Proves of every golden case more than that its bytes are the expected ones: nothing but the meaning of the input decides them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import { toJsonLine } from '../../src/output/json-lines.ts';
import { parseSources } from '../../src/parse/parse.ts';
import { deepFrozen } from './deep-frozen.ts';
import { digestOf, environmentReport, type EnvironmentReport } from './environment.ts';
import { frozenRender, type FrozenRender } from './frozen-render.ts';
import { caseInput, goldenCases, type CaseInput, type GoldenCase } from './golden-case.ts';
import { goldenFiles, goldenProblems } from './golden-files.ts';
import { caseOutcome, errorText, outcomeOf, withoutProgramTexts, yamlText, type Outcome } from './outcome.ts';
import { readRelaxations, relaxationLines } from './relaxations.ts';
import { seededRandom, seedOf } from './seeded-random.ts';
import { shuffledFiles, withByteOrderMarks, withCarriageReturns } from './variants.ts';

const ROOT = realpathSync(join(import.meta.dirname, '../..'));
const cases = goldenCases();

interface Rendered {
  readonly known: GoldenCase;
  readonly input: CaseInput;
  readonly outcome: Outcome;
}

const rendered: Rendered[] = [];
for (const known of cases) {
  const input = await caseInput(known);
  rendered.push({ known, input, outcome: caseOutcome(known.name, input) });
}

/** Both the manifests and what is said about the input. */
function assertSame(actual: Outcome, expected: Outcome, what: string): void {
  assert.equal(errorText(actual.diagnostics), errorText(expected.diagnostics), `${what}: other messages`);
  assert.ok(actual.yaml === expected.yaml, `${what}: other manifests`);
}

/** The rules that spoke, without their places; those of the parser are about the text itself. */
function rulesIn(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.flatMap(({ rule, severity }) => (rule.startsWith('parse/') ? [] : [`${severity} ${rule}`])).sort();
}

function reparsed(text: string, version: '1.1' | '1.2'): unknown[] {
  return parseAllDocuments(text, { version, intAsBigInt: false }).map((document) => {
    assert.deepEqual(document.errors, []);
    assert.deepEqual(document.warnings, []);
    return document.toJS() as unknown;
  });
}

describe('golden files', () => {
  for (const { known, outcome } of rendered) {
    test(`golden/${known.name}`, async () => {
      assert.deepEqual(goldenProblems(known, await goldenFiles(known, outcome)), []);
    });
  }

  test('golden/relaxations.txt lists every hardening that is given up', () => {
    const lines = rendered.flatMap(({ known, outcome }) => relaxationLines(known.name, outcome.objects));
    assert.deepEqual(readRelaxations(), [...lines].sort());
  });
});

describe('every golden case', () => {
  test('renders the same a second time', () => {
    for (const { known, input, outcome } of rendered) assertSame(outcomeOf(input), outcome, known.name);
  });

  test('does not mind carriage returns', () => {
    for (const { known, input, outcome } of rendered)
      assertSame(outcomeOf({ ...input, files: withCarriageReturns(input.files) }), outcome, known.name);
  });

  test('does not mind byte order marks', () => {
    for (const { known, input, outcome } of rendered)
      assertSame(outcomeOf({ ...input, files: withByteOrderMarks(input.files) }), outcome, known.name);
  });

  test('does not mind the order of keys, documents and files', () => {
    for (const { known, input, outcome } of rendered) {
      // What the parser left out cannot be shuffled.
      if (hasErrors(parseSources(input.files).diagnostics)) continue;
      for (const round of [1, 2]) {
        const random = seededRandom(seedOf(known.name) + round);
        const shuffled = outcomeOf({ ...input, files: random.shuffled(shuffledFiles(input.files, random)) });
        assert.deepEqual(rulesIn(shuffled.diagnostics), rulesIn(outcome.diagnostics), `${known.name}: other rules in round ${round}`);
        assert.ok(shuffled.yaml === outcome.yaml, `${known.name}: other manifests in round ${round}`);
      }
    }
  });

  test('means the same to readers of YAML 1.1 and 1.2', () => {
    for (const { known, outcome } of rendered) {
      if (outcome.refused) continue;
      const objects = withoutProgramTexts(outcome.objects);
      for (const version of ['1.1', '1.2'] as const)
        assert.deepEqual(reparsed(yamlText(objects), version), objects, `${known.name} in YAML ${version}`);
    }
  });

  test('means the same as JSON lines', () => {
    for (const { known, outcome } of rendered) {
      const lines = outcome.objects.map((object) => toJsonLine(object));
      assert.ok(
        lines.every((line) => line.indexOf('\n') === line.length - 1),
        `${known.name}: one object a line`,
      );
      assert.deepEqual(
        lines.map((line) => JSON.parse(line) as JsonObject),
        outcome.objects,
        known.name,
      );
    }
  });

  test('holds no text that Flux would replace, unless the object opts out', () => {
    for (const { known, outcome } of rendered) {
      for (const object of outcome.objects) {
        const text = JSON.stringify(object);
        if (!text.includes('${') && !text.includes('$$')) continue;
        // Objects that pass through are the user's own.
        const { annotations, labels } = object['metadata'] as { annotations?: Record<string, string>; labels?: Record<string, string> };
        if (labels?.['app.kubernetes.io/managed-by'] !== 'openclaw-gitops') continue;
        assert.equal(annotations?.['kustomize.toolkit.fluxcd.io/substitute'], 'disabled', known.name);
      }
    }
  });
});

describe('stages', () => {
  let frozen: FrozenRender;
  before(async () => {
    frozen = await frozenRender();
  });

  test('are all frozen in this test', () => {
    assert.deepEqual(frozen.missing, []);
    assert.throws(() => {
      deepFrozen(new Map([['a', 1]])).set('b', 2);
    }, TypeError);
  });

  test('do not change what they are given', () => {
    for (const { known, input, outcome } of rendered) {
      const options = deepFrozen({ ...input.options });
      assertSame(outcomeOf({ files: deepFrozen([...input.files]), options }, frozen.render), outcome, known.name);
    }
  });
});

describe('the environment', () => {
  function assertSameDigests(report: EnvironmentReport): void {
    const others = rendered.filter(({ known, outcome }) => report.digests[known.name] !== digestOf(outcome.diagnostics, outcome.objects));
    assert.deepEqual(
      others.map(({ known }) => known.name),
      [],
    );
  }

  test('decides nothing: other locale, time zone and directory', () => {
    const here = new Intl.DateTimeFormat().resolvedOptions();
    const directory = realpathSync(tmpdir());
    const timeZone = here.timeZone === 'Pacific/Apia' ? 'Asia/Kathmandu' : 'Pacific/Apia';
    const report = environmentReport({
      renderer: 'src/index.ts',
      directory,
      variables: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: timeZone },
    });
    assert.deepEqual([report.locale, report.timeZone, report.directory], ['tr-TR', timeZone, directory]);
    assertSameDigests(report);
  });

  test('decides nothing: the built library', () => {
    const build = spawnSync(process.execPath, ['scripts/build.ts', '--if-stale'], { cwd: ROOT, encoding: 'utf8' });
    assert.equal(build.status, 0, build.stderr);
    assertSameDigests(environmentReport({ renderer: 'dist/index.mjs', directory: ROOT, variables: {} }));
  });

  test('decides nothing: the built command', () => {
    const chosen = ['minimal', 'guide-first-agent', 'options', 'odd-text', 'guide-production'];
    for (const name of chosen) {
      const { known, outcome } = rendered.find((other) => other.known.name === name)!;
      const run = spawnSync(process.execPath, [join(ROOT, 'dist/openclaw-gitops.cjs'), 'render', 'input', ...known.args], {
        cwd: known.directory,
        encoding: 'utf8',
      });
      assert.equal(run.status, outcome.refused ? 1 : 0, name);
      assert.equal(run.stdout, outcome.yaml, name);
      assert.equal(run.stderr, errorText(outcome.diagnostics), name);
    }
  });
});
