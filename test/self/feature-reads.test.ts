/** What a feature says it reads of the user's spec is all that it reads, and each part of it matters. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Contribution, Feature } from '../../src/compose/contribution.ts';
import { features } from '../../src/features/index.ts';
import { valueAt, type Json, type JsonObject } from '../../src/lib/json.ts';
import { parseSources } from '../../src/parse/parse.ts';
import { companionsOf } from '../../src/resolve/companions.ts';
import { instanceOf as instanceFrom, type Spec } from '../../src/resolve/instance.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import { fileOf, instanceOf } from '../properties/rendered.ts';
import { testLock } from '../properties/locked-packs.ts';
import { spec } from '../properties/spec-arbitrary.ts';
import { ROOT } from './source-files.ts';

/** Fields that matter together only, which chance brings together too seldom. */
const RARE: readonly Spec[] = [
  ...[9090, 9464].map((port) => ({
    networking: { service: { ports: [{ name: 'scrape', port: 9464 }] } },
    observability: { metrics: { port, prometheusRule: { enabled: true }, serviceMonitor: { enabled: true } } },
  })),
  {
    image: { repository: 'registry.example.com/openclaw', tag: '2026.9.6' },
    config: { raw: { plugins: { entries: { 'diagnostics-otel': { enabled: true } } } } },
    observability: { metrics: { prometheusRule: { enabled: true } } },
  },
  { image: { tag: '2026.7.1' }, tailscale: { enabled: true, authSSO: true } },
  { config: { raw: { agents: { defaults: { models: { 'openai/gpt-5': {} } } } } }, ollama: { enabled: true } },
];
/** Enough to bring every field of the spec into play, alone and in company. */
const SPECS = [...fc.sample(spec, { numRuns: 150, seed: 20261122 }), ...RARE];
const LOCK = testLock();
const SCHEMA = JSON.parse(readFileSync(join(ROOT, 'schema/openclaw-instance.schema.json'), 'utf8')) as JsonObject;

function contributionOf(feature: Feature, value: Spec): string {
  const source = parseSources([fileOf(instanceOf(value))]).objects[0]!;
  const resolved = resolve(instanceFrom(source, undefined, undefined), companionsOf([], undefined), {}, LOCK);
  const contribution: Contribution | null = feature.contribute(resolved);
  return JSON.stringify(contribution, (_, item: unknown) => (item instanceof Map ? [...item] : item));
}

/** `value` with nothing but what stands at `paths`. */
function only(value: Spec, paths: readonly string[]): Spec {
  const result: Record<string, Json> = {};
  for (const path of paths) {
    const keys = path.split('.');
    const found = valueAt(value as unknown as JsonObject, ...keys);
    if (found === undefined) continue;
    let target = result;
    for (const key of keys.slice(0, -1)) target = (target[key] ??= {}) as Record<string, Json>;
    target[keys.at(-1)!] = found;
  }
  return result;
}

/** Whether the schema has a field at `path`; below free-form fields everything is. */
function isInSchema(path: string): boolean {
  let node: JsonObject | undefined = (SCHEMA['$defs'] as JsonObject)['Spec'] as JsonObject;
  for (const key of path.split('.')) {
    const properties = node?.['properties'] as JsonObject | undefined;
    if (properties === undefined) return node !== undefined;
    const field = properties[key] as JsonObject | undefined;
    const reference = field?.['$ref'];
    node = typeof reference === 'string' ? ((SCHEMA['$defs'] as JsonObject)[reference.split('/').at(-1)!] as JsonObject) : field;
    if (node === undefined) return false;
  }
  return true;
}

describe('the declared reads of', () => {
  for (const feature of features) {
    test(`${feature.id} are in the schema`, () => {
      assert.deepEqual(
        feature.reads.filter((path) => !isInSchema(path)),
        [],
      );
    });

    test(`${feature.id} are all that it reads`, () => {
      for (const value of SPECS)
        assert.equal(contributionOf(feature, only(value, feature.reads)), contributionOf(feature, value), JSON.stringify(value));
    });

    test(`${feature.id} all matter`, () => {
      const idle = feature.reads.filter((path) => {
        const others = feature.reads.filter((other) => other !== path);
        return SPECS.every((value) => contributionOf(feature, only(value, others)) === contributionOf(feature, only(value, feature.reads)));
      });
      assert.deepEqual(idle, []);
    });
  }
});
