/** The function as orchestrators run it: the built program, its streams and its exit codes. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { LIMITS } from '../../../src/parse/limits.ts';
import { ROOT } from '../../self/source-files.ts';
import { answered, CONFIG_MAP, instance, resourceList } from './resource-lists.ts';

const PROGRAM = join(ROOT, 'dist/openclaw-gitops.cjs');

function krm(input: string, ...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--max-old-space-size=256', PROGRAM, 'krm', ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // What kustomize leaves to a container.
    env: { LOG_TO_STDERR: 'true', STRUCTURED_RESULTS: 'true' },
  });
}

describe('openclaw-gitops krm', () => {
  test('prints the answer, and warnings on standard error', () => {
    const input = resourceList([instance('ada'), CONFIG_MAP]);
    const { status, stdout, stderr } = krm(input);
    assert.equal(status, 0);
    assert.equal(stdout, answered(input).output);
    assert.match(stderr, /^ResourceList, items: warning: .* \[lock-missing\]\n/);
  });

  test('ends a refusal with 1, the answer all the same, and the reason by field on standard error', () => {
    const { status, stdout, stderr } = krm(resourceList([instance('ada').replace('image:', 'imag:')]));
    assert.equal(status, 1);
    assert.equal((parse(stdout) as { items: unknown[] }).items.length, 1);
    assert.ok(
      stderr.startsWith(
        'items[0], spec.imag: error: "imag" is not a field of spec; did you mean "image"? [schema/additionalProperties]\n  hint: rename it to "image", or delete it\n',
      ),
      stderr,
    );
  });

  test('keeps standard error short', () => {
    const fields = Array.from({ length: 300 }, (_item, index) => `  field${index}: 1\n`).join('');
    const { status, stdout, stderr } = krm(resourceList([`${instance('ada')}${fields}`]));
    assert.equal(status, 1);
    assert.ok(stderr.length <= 8192 && /… and \d+ more errors\n$/.test(stderr), stderr.slice(-100));
    assert.equal((parse(stdout) as { results: unknown[] }).results.length, 300);
  });

  test('refuses endless input in bounded memory', () => {
    const { status, stdout } = krm('x'.repeat(4 * LIMITS.inputBytes));
    assert.equal(status, 1);
    assert.match(stdout, /items: \[\]\nresults:\n- message: "?the input has \d+ bytes/);
  });

  test('takes no arguments', () => {
    const { status, stdout, stderr } = krm('', '--output', 'yaml');
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /Unknown option '--output'/);
  });
});
