/** With `config-rollout: restart-only`, the pod starts anew for what a running gateway cannot take over, and for nothing else. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CONFIG_HASH } from '../../src/kube/annotations.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import { INSTANCE_ANNOTATIONS } from '../../src/resolve/instance.ts';
import { instanceOf, renderedObjects, statefulSetOf } from './rendered.ts';

function configHash(raw: JsonObject, value: string | null): string | undefined {
  const { metadata, ...rest } = instanceOf({ image: { tag: '2026.9.6' }, config: { raw } });
  const annotations: JsonObject = value === null ? {} : { [INSTANCE_ANNOTATIONS.configRollout]: value };
  const { objects } = renderedObjects([{ ...rest, metadata: { ...(metadata as JsonObject), annotations } }]);
  return statefulSetOf(objects).spec?.template.metadata?.annotations?.[CONFIG_HASH];
}

const CHANGES: readonly (readonly [title: string, restarts: boolean, before: JsonObject, after: JsonObject])[] = [
  ['the model', false, {}, { agents: { defaults: { model: { primary: 'a/b' } } } }],
  ['a channel', false, { channels: { telegram: { enabled: true } } }, { channels: {} }],
  ['a provider', false, {}, { models: { providers: {} } }],
  ['tools', false, {}, { tools: { elevated: {} } }],
  ['skills', false, {}, { skills: { allowBundled: [] } }],
  ['an entry of plugins', false, {}, { plugins: { entries: { a: { enabled: true } } } }],
  ['the first allowed origin', false, {}, { gateway: { controlUi: { allowedOrigins: ['https://a.example.com'] } } }],
  ['trusted proxies', false, {}, { gateway: { trustedProxies: ['10.0.0.1'] } }],
  ['plugin paths', true, {}, { plugins: { load: { paths: ['/a'] } } }],
  ['the path of the Control UI', true, {}, { gateway: { controlUi: { basePath: '/a' } } }],
  ['MCP', true, {}, { mcp: { servers: {} } }],
  ['a key that nobody knows', true, {}, { somethingNew: 1 }],
];

describe('restart-only', () => {
  for (const [title, restarts, before, after] of CHANGES) {
    test(`${title}: ${restarts ? 'restart' : 'no restart'}`, () => {
      const [old, current] = [before, after].map((raw) => configHash(raw, 'restart-only'));
      assert.ok(old !== undefined);
      assert.equal(old !== current, restarts);
      assert.notEqual(configHash(before, null), configHash(after, null), 'without the annotation every change restarts');
    });
  }
});
