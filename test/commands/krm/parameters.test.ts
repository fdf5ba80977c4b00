import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parametersOf, PARAMETERS } from '../../../src/commands/parameters.ts';
import { ROOT } from '../../self/source-files.ts';

interface Field {
  readonly type?: string;
  readonly enum?: readonly string[];
}

test('the schema of OpenClawRender has the parameters of the KRM function, with their kinds of values', () => {
  const schema = JSON.parse(readFileSync(join(ROOT, 'schema/openclaw-render.schema.json'), 'utf8')) as {
    $defs: { RenderParameters: { properties: Record<string, Field> } };
  };
  const { properties } = schema.$defs.RenderParameters;
  const known = parametersOf('krm');
  assert.deepEqual(Object.keys(properties).toSorted(), known.map(({ field = '' }) => field).toSorted());
  for (const { field = '', name, collectionType, choices } of known) {
    const { type, enum: allowed } = properties[field]!;
    const isBoolean = choices?.join() === 'true,false';
    assert.equal(type, allowed !== undefined ? undefined : collectionType === 'array' ? 'array' : isBoolean ? 'boolean' : 'string', name);
    assert.deepEqual(allowed, isBoolean ? undefined : choices, name);
  }
});

test('a parameter has the same words for everybody', () => {
  for (const { name, ...spellings } of PARAMETERS) {
    if ('env' in spellings) assert.equal(spellings.env, name.toUpperCase().replaceAll('-', '_'));
    if ('field' in spellings)
      assert.equal(
        spellings.field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        name,
      );
  }
});
