/** What `adopt` asks of its command line, before it speaks to any cluster. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { adoptCommand } from '../../src/commands/adopt/adopt.ts';
import { UsageError } from '../../src/commands/command.ts';
import { runCommand } from './run-command.ts';

const BOT =
  'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: ada, namespace: agents}\nspec: {image: {tag: 2026.9.6}}\n';
let cwd: string;

describe('adopt', () => {
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'adopt-'));
    writeFileSync(join(cwd, 'ada.yaml'), BOT);
    writeFileSync(join(cwd, 'wrong.yaml'), BOT.replace('image', 'imag'));
  });
  after(() => rmSync(cwd, { recursive: true }));

  const run = (...args: string[]): ReturnType<typeof runCommand> => runCommand(adoptCommand, args, { cwd, env: {} });

  for (const [title, args, message] of [
    ['no engine', ['agents/ada', 'ada.yaml'], /--engine is missing; expected argocd, flux or kubectl/],
    ['an unknown engine', ['agents/ada', 'ada.yaml', '--engine', 'helm'], /--engine "helm" is not known/],
    ['no instance', ['--engine', 'flux'], /no instance; expected NAMESPACE\/NAME, or --all/],
    ['a name alone', ['ada', 'ada.yaml', '--engine', 'flux'], /"ada" is no instance; expected NAMESPACE\/NAME/],
    ['no input', ['agents/ada', '--engine', 'flux'], /no input; name files/],
    [
      'a check that acts',
      ['agents/ada', 'ada.yaml', '--engine', 'flux', '--check', '--apply'],
      /--check changes nothing; leave out --apply/,
    ],
    [
      'an undoing that deletes',
      ['agents/ada', 'ada.yaml', '--engine', 'flux', '--undo', '--delete-instance'],
      /leave out --delete-instance/,
    ],
    ['an undoing that is checked', ['agents/ada', 'ada.yaml', '--engine', 'flux', '--undo', '--check'], /leave out --check/],
  ] as const) {
    test(`${title} is wrong usage`, async () => {
      await assert.rejects(run(...args), (error: unknown) => error instanceof UsageError && message.test(error.message));
    });
  }

  test('refuses what render refuses, and an instance that the input has not', async () => {
    const wrong = await run('agents/ada', 'wrong.yaml', '--engine', 'flux');
    assert.deepEqual([wrong.code, wrong.out], [1, '']);
    assert.match(wrong.err, /^wrong\.yaml:4:8: error: /);
    const other = await run('agents/eve', 'ada.yaml', '--engine', 'flux');
    assert.deepEqual([other.code, other.out], [1, '']);
    assert.match(other.err, /error: the input has no instance "agents\/eve"\n$/);
  });

  test('says what is wrong with the way to the cluster', async () => {
    const { code, err } = await run('--all', 'ada.yaml', '--engine', 'flux', '--kubeconfig', join(cwd, 'absent'));
    assert.equal(code, 1);
    assert.match(err, /error: the kubeconfig cannot be read: ENOENT\n$/);
  });
});
