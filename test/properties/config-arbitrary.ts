/** Configurations of OpenClaw with content that the renderer neither knows nor judges. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/lib/json.ts';
import { anyKey, anyText } from './text-arbitrary.ts';

const leaf: fc.Arbitrary<Json> = fc.oneof(
  anyText,
  fc.boolean(),
  fc.constant(null),
  fc.integer({ min: -1e9, max: 1e9 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((number) => number + 0),
);

const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(anyKey, tie('value'), { maxKeys: 4 }),
  ),
}));

/** Any JSON value with odd texts as keys and values. */
export const jsonValue: fc.Arbitrary<Json> = value;

export const rawConfig: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      agents: fc.constantFrom<Json>({ defaults: { model: { primary: 'openai/gpt-5' } } }, { defaults: {} }, {}),
      custom: jsonValue,
      gateway: fc.constantFrom<Json>(
        { auth: { token: { source: 'env', provider: 'default', id: 'MY_TOKEN' } } },
        { controlUi: { allowedOrigins: ['https://own.example.com'] } },
        { trustedProxies: ['10.9.8.7'] },
      ),
      logging: fc.record({ level: fc.constantFrom('debug', 'info') }),
      skills: fc.constantFrom<Json>({ entries: { tools: { enabled: false } } }, { entries: {} }),
      mcp: fc.record({ apps: fc.record({ enabled: fc.boolean() }) }),
    },
    { requiredKeys: [] },
  )
  .map((config) => config as unknown as JsonObject);
