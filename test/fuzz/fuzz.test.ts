/**
 * Spoilt inputs are rendered or refused, never a crash and never half an output.
 * `FUZZ_RUNS=1000000 FUZZ_SEED=7 npm test -- test/fuzz/fuzz.test.ts` goes deeper; a failure names its seed.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasErrors, type Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';
import { isJsonObject, type JsonObject } from '../../src/lib/json.ts';
import { toJsonLine } from '../../src/output/json-lines.ts';
import { toYaml } from '../../src/output/yaml.ts';
import { PARSE_PROBLEMS } from '../../src/parse/problem.ts';
import { parseSources } from '../../src/parse/parse.ts';
import type { SourceFile } from '../../src/parse/source.ts';
import { render, type RenderOptions } from '../../src/render.ts';
import { inputRules } from '../../src/validate/input-rules.ts';
import { rules } from '../../src/validate/rules/index.ts';
import { caseInput, goldenCases } from '../golden/golden-case.ts';
import { jsonSource } from '../golden/variants.ts';
import { seededRandom, type SeededRandom } from '../golden/seeded-random.ts';
import { mutator } from './mutations.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 10_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20261122);

const KNOWN_IDS = new Set([
  ...rules.map(({ id }) => id),
  ...inputRules.map(({ id }) => id),
  ...Object.keys(PARSE_PROBLEMS).map((code) => `parse/${code}`),
]);
const OPTIONS: readonly RenderOptions[] = [
  {},
  { namespace: 'agents' },
  { strict: true },
  { allowEmpty: true, registry: 'mirror.example.com', openclawVersion: '2026.8.1' },
];

/** How far an input came. */
type Stage = 'parse' | 'schema' | 'rules' | 'rendered';

interface Seed {
  readonly isRefused: boolean;
  readonly texts: readonly string[];
  readonly objects: readonly JsonObject[];
}

async function seeds(): Promise<Seed[]> {
  const found: Seed[] = [];
  for (const known of goldenCases()) {
    const { files, options } = await caseInput(known);
    found.push({
      isRefused: render(files, options).refused,
      texts: files.map(({ bytes }) => new TextDecoder().decode(bytes)),
      objects: parseSources(files).objects.map(({ value }) => value),
    });
  }
  return found;
}

function spoilt(all: readonly Seed[], random: SeededRandom): SourceFile[] {
  const mutate = mutator(random);
  const [seed, donor] = [
    random.pick(random.below(4) === 0 ? all : all.filter(({ isRefused }) => !isRefused)),
    random.pick(all.filter(({ objects }) => objects.length > 0)),
  ];
  const kind = random.below(20);
  const encode = (text: string, index: number): SourceFile => ({ name: `input-${index}.yaml`, bytes: new TextEncoder().encode(text) });
  // Most inputs stay well formed, since behind the parser there is more to break.
  if (kind < 14 && seed.objects.length > 0) {
    const chosen = random.below(seed.objects.length);
    return seed.objects.map((object, index) =>
      encode(jsonSource(index === chosen ? mutate.value(object, random.pick(donor.objects)) : object), index),
    );
  }
  if (kind < 19) {
    const chosen = random.below(seed.texts.length);
    return seed.texts.map((text, index) => encode(index === chosen ? mutate.text(text, donor.texts[0]!) : text, index));
  }
  return [{ name: 'input-0.yaml', bytes: mutate.bytes() }];
}

function stageOf(refused: boolean, diagnostics: readonly Diagnostic[]): Stage {
  if (!refused) return 'rendered';
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.some(({ rule }) => rule.startsWith('parse/'))) return 'parse';
  return errors.some(({ rule }) => rule.startsWith('schema/')) ? 'schema' : 'rules';
}

function assertWellSaid(diagnostics: readonly Diagnostic[], files: readonly SourceFile[]): void {
  for (const { rule, message, location } of diagnostics) {
    assert.ok(KNOWN_IDS.has(rule) || rule.startsWith('schema/'), rule);
    assert.ok(message.length > 0 && message.length < 1000, message);
    assert.ok(
      files.some(({ name }) => name === location.file),
      location.file,
    );
    assert.ok(location.line >= 1 && location.column >= 1 && location.length >= 1);
  }
  // One message a line, whatever is quoted in it: nothing can be forged.
  const text = formatDiagnostics(diagnostics, { colour: false });
  // oxlint-disable-next-line no-control-regex
  assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
}

function assertWhole(objects: readonly JsonObject[], isSampled: boolean): void {
  assert.ok(objects.length > 0);
  for (const object of objects) {
    assert.ok(typeof object['kind'] === 'string' && typeof object['apiVersion'] === 'string' && isJsonObject(object['metadata']));
    if (!isSampled) continue;
    assert.ok(toYaml(object).endsWith('\n'));
    assert.deepEqual(JSON.parse(toJsonLine(object)), object);
  }
}

test(`${RUNS} spoilt inputs are rendered or refused`, async (context) => {
  const all = await seeds();
  const stages: Record<Stage, number> = { parse: 0, schema: 0, rules: 0, rendered: 0 };
  for (let run = 0; run < RUNS; run += 1) {
    const random = seededRandom(SEED + run);
    const files = spoilt(all, random);
    const options = random.pick(OPTIONS);
    try {
      const { refused, diagnostics, objects } = render(files, options);
      const rendered = [...objects];
      assert.equal(refused, hasErrors(diagnostics));
      assertWellSaid(diagnostics, files);
      if (refused) assert.equal(rendered.length, 0);
      else if (options.allowEmpty !== true) assertWhole(rendered, run % 20 === 0);
      stages[stageOf(refused, diagnostics)] += 1;
    } catch (cause) {
      const texts = files.map(({ bytes }) => new TextDecoder().decode(bytes).slice(0, 4000));
      throw new Error(`FUZZ_SEED=${SEED + run} FUZZ_RUNS=1 breaks it with ${JSON.stringify(options)}:\n${texts.join('\n---\n')}`, {
        cause,
      });
    }
  }
  context.diagnostic(`stopped at: ${JSON.stringify(stages)}`);
  if (RUNS < 1000) return;
  assert.ok(stages.parse <= RUNS / 2, 'half of them have to come past the parser');
  for (const [stage, count] of Object.entries(stages)) assert.ok(count >= RUNS / 20, `only ${count} inputs came to ${stage}`);
});
