/** What `adopt` asks of its command line, before it speaks to any cluster. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { adoptCommand } from '../../../src/commands/adopt/adopt.ts';
import { UsageError } from '../../../src/commands/command.ts';
import { runCommand } from '../run-command.ts';

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
    ['an operator without a name', ['agents/ada', 'ada.yaml', '--engine', 'flux', '--operator-manager', ''], /--operator-manager is empty/],
    [
      'an operator with the name of an engine',
      ['agents/ada', 'ada.yaml', '--engine', 'flux', '--operator-manager', 'kustomize-controller'],
      /"kustomize-controller" is an engine/,
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

  const context = { name: 'c', context: { cluster: 'k', user: 'u' } };
  for (const [title, content, flags, message] of [
    ['no file', null, [], 'the kubeconfig is not there; --kubeconfig names "FILE"'],
    ['an empty file', '', [], 'the kubeconfig "FILE" cannot be read: it is none'],
    ['no YAML', 'kind: [', [], 'the kubeconfig "FILE" cannot be read: it is none'],
    ['no current context', { contexts: [context] }, [], 'the kubeconfig has no current context; name one with --context'],
    [
      'a current context that is not there',
      { 'current-context': 'c' },
      [],
      'the kubeconfig has no current context; name one with --context',
    ],
    ['another context', { contexts: [context] }, ['--context', 'x'], 'the kubeconfig has no context "x"; expected "c"'],
    ['no cluster', { 'current-context': 'c', contexts: [context] }, [], 'the kubeconfig has no cluster "k", which its context "c" names'],
    ...['https://:::', '127.0.0.1:6443', 'ftp://a'].map(
      (server) =>
        [
          `no address, but "${server}"`,
          { 'current-context': 'c', contexts: [context], clusters: [{ name: 'k', cluster: { server } }] },
          [],
          'the kubeconfig has a cluster "k" whose server is no address; expected one as https://HOST:PORT',
        ] as const,
    ),
    [
      'a server without TLS',
      { 'current-context': 'c', contexts: [context], clusters: [{ name: 'k', cluster: { server: 'http://127.0.0.1:1' } }] },
      [],
      'the kubeconfig has a cluster "k" whose server speaks plain HTTP; expected https, or "insecure-skip-tls-verify: true" beside it, as for "kubectl proxy"',
    ],
    [
      'nobody there, by plain HTTP that is asked for',
      {
        'current-context': 'c',
        contexts: [context],
        clusters: [{ name: 'k', cluster: { server: 'http://127.0.0.1:1', 'insecure-skip-tls-verify': true } }],
      },
      [],
      'the cluster of context "c" cannot be reached: ECONNREFUSED',
    ],
    [
      'nobody there',
      { 'current-context': 'c', contexts: [context], clusters: [{ name: 'k', cluster: { server: 'https://127.0.0.1:1' } }] },
      ['--apply'],
      'the cluster of context "c" cannot be reached: ECONNREFUSED',
    ],
  ] as const) {
    test(`says that the way to the cluster has ${title}`, async () => {
      const file = join(cwd, 'kubeconfig');
      rmSync(file, { force: true });
      const lists = { contexts: [], clusters: [], users: [] };
      if (content !== null) writeFileSync(file, typeof content === 'string' ? content : JSON.stringify({ ...lists, ...content }));
      const { code, err } = await run('--all', 'ada.yaml', '--engine', 'flux', '--kubeconfig', file, ...flags);
      assert.equal(code, 1, err);
      assert.ok(err.endsWith(`\nerror: ${message.replace('FILE', file)}\n`), err);
    });
  }

  for (const [title, env, message] of [
    ['a directory in KUBECONFIG', { KUBECONFIG: 'CWD' }, 'the kubeconfig "CWD" is a directory; expected a file'],
    ['a directory among files', { KUBECONFIG: 'CWD/one:CWD' }, 'the kubeconfig "CWD" is a directory; expected a file'],
    ['a directory in the home', { HOME: 'CWD/home' }, 'the kubeconfig "CWD/home/.kube/config" is a directory; expected a file'],
    ['files that are not there', { KUBECONFIG: 'CWD/no:CWD/nor' }, 'the kubeconfig is not there; KUBECONFIG names "CWD/no" and "CWD/nor"'],
    [
      'nothing but a home',
      { KUBECONFIG: ':', HOME: 'CWD' },
      'the kubeconfig is not there; expected a file that --kubeconfig or KUBECONFIG names, or "CWD/.kube/config"',
    ],
    [
      'not even a home',
      {},
      'the kubeconfig is not there; expected a file that --kubeconfig or KUBECONFIG names, or ~/.kube/config, and HOME is not set',
    ],
    ['one file of two', { KUBECONFIG: 'CWD/no:CWD/one' }, 'the cluster of context "one" cannot be reached: ECONNREFUSED'],
    ['two files, as kubectl does', { KUBECONFIG: 'CWD/one:CWD/two' }, 'the cluster of context "one" cannot be reached: ECONNREFUSED'],
    ['two files the other way', { KUBECONFIG: 'CWD/two:CWD/one' }, 'the cluster of context "two" cannot be reached: ECONNREFUSED'],
    ['a first file without a context', { KUBECONFIG: 'CWD/none:CWD/two' }, 'the cluster of context "two" cannot be reached: ECONNREFUSED'],
    ['a first file that is empty', { KUBECONFIG: 'CWD/empty:CWD/two' }, 'the cluster of context "two" cannot be reached: ECONNREFUSED'],
    ['a file that is none among others', { KUBECONFIG: 'CWD/one:CWD/text' }, 'the kubeconfig "CWD/text" cannot be read: it is none'],
    ['a home', { HOME: 'CWD/own' }, 'the cluster of context "one" cannot be reached: ECONNREFUSED'],
  ] as const) {
    test(`finds the way to the cluster by ${title}`, async () => {
      const here = (text: string): string => text.replaceAll('CWD', cwd);
      // Both name their cluster alike: only the first of them is asked.
      for (const name of ['one', 'two']) writeFileSync(join(cwd, name), kubeconfig(name));
      writeFileSync(join(cwd, 'none'), JSON.stringify({ clusters: [], contexts: [], users: [] }));
      writeFileSync(join(cwd, 'empty'), '');
      writeFileSync(join(cwd, 'text'), 'kind: [');
      mkdirSync(join(cwd, 'home/.kube/config'), { recursive: true });
      mkdirSync(join(cwd, 'own/.kube'), { recursive: true });
      writeFileSync(join(cwd, 'own/.kube/config'), kubeconfig('one'));
      const found = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, here(value)]));
      const { code, err } = await runCommand(adoptCommand, ['--all', 'ada.yaml', '--engine', 'flux'], { cwd, env: found });
      assert.equal(code, 1, err);
      assert.ok(err.endsWith(`\nerror: ${here(message)}\n`), err);
    });
  }
});

function kubeconfig(name: string): string {
  return JSON.stringify({
    'current-context': name,
    contexts: [{ name, context: { cluster: 'shared', user: 'nobody' } }],
    clusters: [{ name: 'shared', cluster: { server: 'https://127.0.0.1:1' } }],
    users: [{ name: 'nobody', user: {} }],
  });
}
