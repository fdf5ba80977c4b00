/** Every text comes out as it went in, wherever the user put it and whoever reads the output. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import type { Json, JsonObject } from '../../src/lib/json.ts';
import { toJsonLine } from '../../src/output/json-lines.ts';
import { toYaml } from '../../src/output/yaml.ts';
import { parseSources } from '../../src/parse/parse.ts';
import { jsonValue } from './config-arbitrary.ts';
import { agentPod, manifestsOf, objectOf, statefulSetOf } from './rendered.ts';
import { anyKey, anyText, variableText } from './text-arbitrary.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200);
const options = { numRuns: RUNS, seed: 20261122, endOnFailure: true };

function readBack(yaml: string, version: '1.1' | '1.2'): unknown {
  const documents = parseAllDocuments(yaml, { version });
  assert.equal(documents.length, 1);
  assert.deepEqual([...documents[0]!.errors, ...documents[0]!.warnings], []);
  return documents[0]!.toJS();
}

/** As the renderer itself reads it: strictly, and as kubectl would. */
function readByUs(text: string): unknown {
  const { objects, diagnostics } = parseSources([{ name: 'again.yaml', bytes: new TextEncoder().encode(text) }]);
  assert.deepEqual(
    diagnostics.map(({ message }) => message),
    [],
  );
  return objects[0]?.value;
}

function configMapText(objects: readonly JsonObject[], name: string, key: string): string {
  const { data = {}, binaryData = {} } = objectOf(objects, 'ConfigMap', name) as {
    data?: Record<string, string>;
    binaryData?: Record<string, string>;
  };
  assert.ok(!(Object.hasOwn(data, key) && Object.hasOwn(binaryData, key)));
  return Object.hasOwn(data, key)
    ? data[key]!
    : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(binaryData[key]!, 'base64'));
}

describe('any value', () => {
  const object = (value: Json): JsonObject => ({ apiVersion: 'v1', kind: 'Thing', metadata: { name: 'thing' }, value });

  test('survives YAML, read as 1.1, as 1.2 and by us', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const plain = JSON.parse(JSON.stringify(object(value))) as JsonObject;
        const yaml = toYaml(plain);
        assert.deepEqual(readBack(yaml, '1.2'), plain);
        assert.deepEqual(readBack(yaml, '1.1'), plain);
        assert.deepEqual(readByUs(yaml), plain);
      }),
      options,
    );
  });

  test('survives JSON lines', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const plain = JSON.parse(JSON.stringify(object(value))) as JsonObject;
        const line = toJsonLine(plain);
        assert.equal(line.indexOf('\n'), line.length - 1);
        assert.deepEqual(JSON.parse(line), plain);
        // What Argo CD reads wrongly even in strings stands there escaped.
        assert.doesNotMatch(line, /[\u007f-\u009f\ufffe\uffff]/);
      }),
      options,
    );
  });
});

describe('any text of the user', () => {
  test('in a variable', () => {
    fc.assert(
      fc.property(variableText, (value) => {
        const found = agentPod(manifestsOf({ env: [{ name: 'MY_TEXT', value }] })).containers[0]!.env!.find(
          ({ name }) => name === 'MY_TEXT',
        );
        assert.equal(found?.value, value);
      }),
      options,
    );
  });

  test('in an annotation of the pod', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const { metadata } = statefulSetOf(manifestsOf({ podAnnotations: { 'example.com/text': value } })).spec!.template;
        assert.equal(metadata!.annotations!['example.com/text'], value);
      }),
      options,
    );
  });

  test('in a file of the workspace', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const objects = manifestsOf({ workspace: { initialFiles: { 'notes/a.md': value } } });
        assert.equal(configMapText(objects, 'bot-workspace', 'notes--a.md'), value);
      }),
      options,
    );
  });

  test('in the configuration, as value and as key', () => {
    fc.assert(
      fc.property(anyKey, anyText, (key, value) => {
        const text = configMapText(manifestsOf({ config: { raw: { custom: { [key]: value } } } }), 'bot-config', 'openclaw.json');
        assert.deepEqual((JSON.parse(text) as { custom: unknown }).custom, { [key]: value });
      }),
      options,
    );
  });
});
