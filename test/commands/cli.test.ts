import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { commands } from '../../src/commands/index.ts';

const ROOT = join(import.meta.dirname, '../..');
const PROGRAM = join(ROOT, 'dist/openclaw-gitops.cjs');
const BOT =
  'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: bot, namespace: agents}\nspec: {image: {tag: 2026.9.6}, envFrom: [{secretRef: {name: keys}}]}\n';

describe('openclaw-gitops', () => {
  let directory = '';
  const run = (args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [PROGRAM, ...args], { cwd: directory, input, encoding: 'utf8', maxBuffer: 1 << 28 });

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'openclaw-gitops-'));
    writeFileSync(join(directory, 'bot.yaml'), BOT);
    writeFileSync(join(directory, 'wrong.yaml'), BOT.replace('image:', 'imag:'));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  test('render prints manifests and nothing else on standard output', () => {
    const { status, stdout } = run(['render', 'bot.yaml']);
    assert.equal(status, 0);
    const kinds = parseAllDocuments(stdout).map((document) => (document.toJS() as { kind: string }).kind);
    assert.deepEqual(
      [...new Set(kinds)],
      [
        'ServiceAccount',
        'Role',
        'RoleBinding',
        'NetworkPolicy',
        'Secret',
        'ConfigMap',
        'PersistentVolumeClaim',
        'PodDisruptionBudget',
        'Service',
        'StatefulSet',
        'Job',
      ],
    );
  });

  test('yaml, jsonl and json hold the same objects', () => {
    const yaml = parseAllDocuments(run(['render', 'bot.yaml']).stdout).map((document) => document.toJS() as unknown);
    const lines = run(['render', 'bot.yaml', '--output', 'jsonl']).stdout.trimEnd().split('\n');
    const list = JSON.parse(run(['render', 'bot.yaml', '-o', 'json']).stdout) as { kind: string; items: unknown[] };
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      yaml,
    );
    assert.equal(list.kind, 'List');
    assert.deepEqual(list.items, yaml);
  });

  test('a file, standard input and a directory give the same bytes', () => {
    const fromFile = run(['render', 'bot.yaml']).stdout;
    assert.equal(run(['render', '-'], BOT).stdout, fromFile);
    assert.equal(run(['render', './bot.yaml', 'bot.yaml']).stdout, fromFile);
  });

  test('a directory as standard input is wrong usage, and no empty input', () => {
    const descriptor = openSync(tmpdir(), 'r');
    try {
      for (const args of [['render', '-'], ['render', '-', '--allow-empty'], ['krm']]) {
        const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
          encoding: 'utf8',
          stdio: [descriptor, 'pipe', 'pipe'],
        });
        assert.deepEqual([status, stdout], [2, '']);
        assert.match(stderr, /^openclaw-gitops: standard input is a directory; expected a file or a pipe\n/);
      }
    } finally {
      closeSync(descriptor);
    }
  });

  test('a mistake refuses everything: exit code 1, standard output empty, every file named', () => {
    const { status, stdout, stderr } = run(['render', 'bot.yaml', 'wrong.yaml']);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(
      stderr,
      /^wrong\.yaml:4:8: error: "imag" is not a field of spec; did you mean "image"\? \[schema\/additionalProperties\]\n/,
    );
  });

  test('errors as JSON are for programs', () => {
    const { status, stderr } = run(['validate', 'wrong.yaml', '--format', 'json']);
    assert.equal(status, 1);
    const [first] = JSON.parse(stderr) as { file: string; line: number; column: number; rule: string; severity: string }[];
    assert.deepEqual(
      [first?.file, first?.line, first?.column, first?.severity, first?.rule],
      ['wrong.yaml', 4, 8, 'error', 'schema/additionalProperties'],
    );
  });

  test('--strict makes a warning an error', () => {
    const warned = BOT.replace('2026.9.6', 'latest');
    assert.equal(run(['validate', '-'], warned).status, 0);
    assert.match(run(['validate', '-'], warned).stderr, /warning/);
    assert.equal(run(['validate', '-', '--strict'], warned).status, 1);
  });

  test('no instance is an error unless it is allowed', () => {
    const other = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: agents}\n';
    assert.match(
      run(['render', '-'], other).stderr,
      /^-:1:1: error: the input holds no OpenClawInstance; expected at least one \[no-instances\]/,
    );
    assert.deepEqual(run(['render', '-', '--allow-empty'], other).stdout, 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: agents\n');
  });

  test('P8 an instance that is there twice is an error that names both places', () => {
    const { status, stderr } = run(['render', 'bot.yaml', '-'], BOT);
    assert.equal(status, 1);
    assert.match(stderr, /OpenClawInstance "bot" is in the input twice, also at /);
  });

  for (const [title, args, message] of [
    ['an unknown command', ['rendr'], /there is no command "rendr"; expected one of render, /],
    ['an unknown flag', ['render', 'bot.yaml', '--otput', 'yaml'], /--otput/],
    ['an unknown form', ['render', 'bot.yaml', '--output', 'toml'], /--output "toml" is not known; expected yaml, jsonl, json/],
    ['no input', ['render'], /no input; name files, directories, or - for standard input/],
    [
      'a registry with a scheme',
      ['render', 'bot.yaml', '--registry', 'https://mirror.example.com'],
      /--registry is "https:\/\/mirror\.example\.com"; expected a host name and perhaps a port and a path/,
    ],
    [
      'a version that is none',
      ['render', 'bot.yaml', '--openclaw-version', 'newest'],
      /--openclaw-version is "newest"; expected a version/,
    ],
    [
      'a wrong range',
      ['render', 'bot.yaml', '--api-server-cidrs', '10.0.0.0/33'],
      /--api-server-cidrs is "10\.0\.0\.0\/33"; expected ranges/,
    ],
    ['an unknown kind', ['schema', 'Pod'], /"Pod" is not a kind with a schema/],
  ] as const) {
    test(`${title} is wrong usage: exit code 2`, () => {
      const { status, stdout, stderr } = run(args);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, message);
    });
  }

  test('a file that does not exist is named', () => {
    const { status, stderr } = run(['render', 'absent.yaml']);
    assert.equal(status, 1);
    assert.match(stderr, /absent\.yaml/);
  });

  test('every command has help with its flags and examples', () => {
    const help = run(['--help']);
    assert.equal(help.status, 0);
    for (const { name, flags, examples } of commands) {
      assert.match(help.stdout, new RegExp(`^  ${name} `, 'm'));
      const own = run([name, '--help']);
      assert.equal(own.status, 0);
      for (const flag of flags) assert.ok(own.stdout.includes(`--${flag.name}`), `${name} --${flag.name}`);
      for (const example of examples) assert.ok(own.stdout.includes(example));
    }
  });

  test('version and schema print what the package holds', () => {
    assert.equal(
      run(['version']).stdout,
      `${(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version}\n`,
    );
    assert.deepEqual(
      JSON.parse(run(['schema']).stdout),
      JSON.parse(readFileSync(join(ROOT, 'schema/openclaw-instance.schema.json'), 'utf8')),
    );
  });

  test('schema --crd prints definitions without references, defaults or unknown keywords', () => {
    for (const kind of ['OpenClawInstance', 'OpenClawClusterDefaults']) {
      const { status, stdout } = run(['schema', '--crd', kind]);
      assert.equal(status, 0);
      assert.match(stdout, /^kind: CustomResourceDefinition$/m);
      assert.match(stdout, new RegExp(`^ {4}kind: ${kind}$`, 'm'));
      assert.doesNotMatch(stdout, /\$ref|patternErrorMessage|additionalProperties: (?:true|false)|uniqueItems/);
    }
    assert.equal(run(['schema', '--crd', 'OpenClawLock']).status, 2);
  });

  test('refused input is refused, and work is done, when nobody reads or can keep what is said about it', async () => {
    const codeWithout = async (args: readonly string[]): Promise<unknown> => {
      const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
      child.stderr.destroy();
      const [code] = (await once(child, 'exit')) as unknown[];
      return code;
    };
    assert.equal(await codeWithout(['validate', 'wrong.yaml']), 1);
    assert.equal(await codeWithout(['validate', '--no-such-flag']), 2);
    assert.equal(await codeWithout(['render', 'bot.yaml', '--out', 'unread']), 0);
    assert.ok(existsSync(join(directory, 'unread/agents/bot/manifests.yaml')));

    const full = openSync('/dev/full', 'w');
    const { status } = spawnSync(process.execPath, [PROGRAM, 'validate', 'wrong.yaml'], {
      cwd: directory,
      stdio: ['ignore', 'ignore', full],
    });
    closeSync(full);
    assert.equal(status, 1);
  });

  test('a full disk below standard output is said, with exit code 1, and is no bug of ours', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'render', 'bot.yaml'], {
      cwd: directory,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    assert.match(stderr, /openclaw-gitops: standard output cannot be written \(ENOSPC\); what it holds is not complete\n {2}hint: /);
    assert.doesNotMatch(stderr, /bug| at /);
    assert.equal(status, 1);
  });

  test('a current directory that was deleted is wrong usage, not a bug', () => {
    const gone = ['-c', `mkdir gone && cd gone && rmdir ../gone && exec "${process.execPath}" "${PROGRAM}" render ../bot.yaml`];
    const { status, stderr } = spawnSync('sh', gone, { cwd: directory, encoding: 'utf8' });
    assert.match(stderr, /openclaw-gitops: the current directory was deleted; change to one that is there\n/);
    assert.equal(status, 2);
  });

  test('a reader that goes away ends the program quietly', () => {
    const { stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${PROGRAM}" render bot.yaml | head -c 10`], {
      cwd: directory,
      encoding: 'utf8',
    });
    assert.doesNotMatch(stderr, /bug|EPIPE/);
  });
});
