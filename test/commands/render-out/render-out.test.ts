/** `render --out` on a directory of its own and on every other kind of directory. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { outputDirectory } from '../../../src/adapters/output-directory.ts';
import { OUT_PROBLEMS } from '../../../src/commands/render-out/problem.ts';
import { renderOut, type OutReport } from '../../../src/commands/render-out/render-out.ts';
import type { JsonObject } from '../../../src/lib/json.ts';
import type { ManifestGroup } from '../../../src/output/directory.ts';
import { headerOf } from '../../../src/output/rendered-directory.ts';

const configMap = (name: string, value: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { value },
});
const group = (namespace: string, name: string, value = 'one'): ManifestGroup => ({
  instance: { namespace, name },
  objects: [configMap(name, value), configMap(`${name}-more`, value)],
});
const beside = (...objects: readonly JsonObject[]): ManifestGroup => ({ instance: null, objects });

describe('render --out', () => {
  let root = '';
  let path = '';
  const out = (groups: readonly ManifestGroup[], isCheck = false): OutReport =>
    renderOut(groups, { path, shownPath: 'rendered/', isCheck, command: 'openclaw-gitops render bots/ --out rendered/' });
  const wrote = (groups: readonly ManifestGroup[]): string => {
    const { problems, text } = out(groups);
    assert.deepEqual(problems, []);
    return text;
  };
  const refusal = (groups: readonly ManifestGroup[], isCheck = false): string => {
    const { problems } = out(groups, isCheck);
    return problems.map(({ rule, message, location: { file, line } }) => `${rule} ${file}:${line} ${message}`).join('\n');
  };
  const contents = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => lstatSync(join(path, name)).isFile())
        .sort()
        .map((name) => [name, readFileSync(join(path, name), 'utf8')]),
    );

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'render-out-'));
  });
  after(() => rmSync(root, { recursive: true }));
  beforeEach(() => {
    path = join(mkdtempSync(join(root, 'case-')), 'deep', 'rendered');
  });

  test('writes a file for each instance, one for the rest and a kustomization that lists them', () => {
    assert.equal(
      wrote([beside(configMap('shared', 'x')), group('a', 'zoe'), group('b', 'ada')]),
      'rendered: 4 written, 0 removed, 0 unchanged\n',
    );
    const files = contents();
    assert.deepEqual(Object.keys(files), ['a/zoe/manifests.yaml', 'b/ada/manifests.yaml', 'kustomization.yaml', 'shared.yaml']);
    const header = (file: string): string => `# Written by "openclaw-gitops render --out" as ${file}: changes here are lost.\n`;
    assert.equal(
      files['b/ada/manifests.yaml'],
      `${header('b/ada/manifests.yaml')}apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ada\ndata:\n  value: one\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ada-more\ndata:\n  value: one\n`,
    );
    assert.equal(
      files['kustomization.yaml'],
      `${header('kustomization.yaml')}apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- shared.yaml\n- a/zoe/manifests.yaml\n- b/ada/manifests.yaml\n`,
    );
  });

  test('touches only what changes, keeps modes, and removes what left with its folder', () => {
    wrote([group('a', 'ada'), group('a', 'bob'), group('b', 'eve')]);
    const long = new Date(1_000_000_000_000);
    for (const file of Object.keys(contents())) utimesSync(join(path, file), long, long);
    chmodSync(join(path, 'a/bob/manifests.yaml'), 0o640);
    assert.equal(wrote([group('a', 'ada'), group('a', 'bob', 'two')]), 'rendered: 2 written, 1 removed, 1 unchanged\n');
    assert.deepEqual(Object.keys(contents()), ['a/ada/manifests.yaml', 'a/bob/manifests.yaml', 'kustomization.yaml']);
    assert.equal(existsSync(join(path, 'b')), false);
    assert.equal(statSync(join(path, 'a/ada/manifests.yaml')).mtimeMs, long.getTime());
    assert.notEqual(statSync(join(path, 'a/bob/manifests.yaml')).mtimeMs, long.getTime());
    assert.equal(statSync(join(path, 'a/bob/manifests.yaml')).mode & 0o777, 0o640);
  });

  test('leaves alone what it did not write: other files, copies of its own, and what is hidden', () => {
    mkdirSync(join(path, '.git'), { recursive: true });
    wrote([group('a', 'ada')]);
    writeFileSync(join(path, 'README.md'), 'mine');
    mkdirSync(join(path, 'a/mine'));
    writeFileSync(join(path, 'a/mine/manifests.yaml'), 'kind: Mine\n');
    cpSync(join(path, 'a/ada'), join(path, 'a/copy'), { recursive: true });
    wrote([group('b', 'bob')]);
    assert.deepEqual(Object.keys(contents()), [
      'README.md',
      'a/copy/manifests.yaml',
      'a/mine/manifests.yaml',
      'b/bob/manifests.yaml',
      'kustomization.yaml',
    ]);
    assert.ok(existsSync(join(path, '.git')));
  });

  test('mends what a run left that was killed, and what Git marked as a conflict', () => {
    wrote([group('a', 'ada'), group('a', 'bob')]);
    const whole = contents();
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    const [abandoned, ofOurNumber, living] = [pid, process.pid, process.ppid].map((one) => `.openclaw-gitops-staging-${one}-aaaaaa`);
    for (const staging of [abandoned!, ofOurNumber!, living!]) {
      mkdirSync(join(path, staging));
      writeFileSync(join(path, staging, '0'), 'half');
    }
    writeFileSync(
      join(path, 'a/bob/manifests.yaml'),
      whole['a/bob/manifests.yaml']!.replace('metadata:', '<<<<<<< HEAD\nmetadata:\n=======\n>>>>>>> x'),
    );
    writeFileSync(
      join(path, 'kustomization.yaml'),
      whole['kustomization.yaml']!.replace('- a/bob/', '<<<<<<< HEAD\n=======\n>>>>>>> x\n- a/bob/'),
    );
    mkdirSync(join(path, 'a/eve'));
    writeFileSync(join(path, 'a/eve/manifests.yaml'), whole['a/ada/manifests.yaml']!.replace('a/ada/', 'a/eve/'));
    wrote([group('a', 'ada'), group('a', 'bob')]);
    assert.deepEqual(
      [abandoned, ofOurNumber, living].map((staging) => existsSync(join(path, staging!))),
      [false, false, true],
    );
    rmSync(join(path, living!), { recursive: true });
    assert.deepEqual(contents(), whole);
  });

  test('two runs at once do not disturb each other', () => {
    const [first, second] = [outputDirectory(path, headerOf), outputDirectory(path, headerOf)];
    first.stage('a/ada/manifests.yaml', 'first');
    second.stage('a/ada/manifests.yaml', 'second');
    first.stage('a/bob/manifests.yaml', 'first');
    second.discard();
    first.commit([]);
    assert.deepEqual(contents(), { 'a/ada/manifests.yaml': 'first', 'a/bob/manifests.yaml': 'first' });
  });

  test('mends what a first run left that was killed before its kustomization came', () => {
    wrote([group('a', 'ada'), group('b', 'bob')]);
    const whole = contents();
    rmSync(join(path, 'kustomization.yaml'));
    rmSync(join(path, 'b/bob/manifests.yaml'));
    assert.equal(out([group('a', 'ada'), group('b', 'bob')], true).problems[0]?.rule, 'out/stale');
    wrote([group('a', 'ada'), group('b', 'bob')]);
    assert.deepEqual(contents(), whole);
    rmSync(join(path, 'kustomization.yaml'));
    writeFileSync(join(path, 'a/ada/mine.yaml'), 'kind: Mine\n');
    assert.match(out([group('a', 'ada')]).problems[0]?.message ?? '', /holds "a\/ada\/mine\.yaml" and no kustomization\.yaml/);
  });

  test('takes the line ends of Windows for its own text', () => {
    wrote([group('a', 'ada')]);
    for (const [file, text] of Object.entries(contents())) writeFileSync(join(path, file), text.replaceAll('\n', '\r\n'));
    assert.equal(wrote([group('a', 'ada')]), 'rendered: 0 written, 0 removed, 2 unchanged\n');
    assert.deepEqual(out([group('a', 'ada')], true), { problems: [], text: '' });
  });

  test('accepts that nothing is rendered', () => {
    wrote([group('a', 'ada')]);
    wrote([]);
    assert.deepEqual(Object.keys(contents()), ['kustomization.yaml']);
    assert.match(contents()['kustomization.yaml']!, /^resources: \[\]$/m);
  });

  const REFUSED: readonly (readonly [title: string, rule: string, spoil: () => void, message: RegExp])[] = [
    ['a file in the place of the directory', 'foreign-directory', () => writeFileSync(path, ''), /rendered:1 "rendered" is no directory$/],
    [
      'a directory with files of others',
      'foreign-directory',
      () => {
        mkdirSync(path);
        writeFileSync(join(path, 'notes.txt'), '');
      },
      /"rendered" holds "notes.txt" and no kustomization.yaml of "render --out"/,
    ],
    [
      "somebody's own kustomization",
      'foreign-directory',
      () => {
        mkdirSync(path);
        writeFileSync(join(path, 'kustomization.yaml'), 'resources: []\n');
      },
      /"rendered" holds "kustomization.yaml" and no/,
    ],
    [
      'a kustomization of ours with lines of others',
      'changed',
      () => {
        wrote([group('a', 'ada')]);
        writeFileSync(join(path, 'kustomization.yaml'), `${contents()['kustomization.yaml']}namePrefix: x-\n`);
      },
      /rendered\/kustomization.yaml:6 .* has a line that "render --out" did not write, and would lose it$/,
    ],
    [
      'a file of others that the kustomization lists',
      'foreign-file',
      () => {
        wrote([group('a', 'ada')]);
        writeFileSync(join(path, 'kustomization.yaml'), `${contents()['kustomization.yaml']}- a/mine/manifests.yaml\n`);
        mkdirSync(join(path, 'a/mine'));
        writeFileSync(join(path, 'a/mine/manifests.yaml'), 'kind: Mine\n');
      },
      /"rendered\/a\/mine\/manifests.yaml" does not begin as "render --out" writes it/,
    ],
    [
      'a file of others in the place of one of ours',
      'foreign-file',
      () => {
        wrote([]);
        mkdirSync(join(path, 'b/bob'), { recursive: true });
        writeFileSync(join(path, 'b/bob/manifests.yaml'), 'kind: Mine\n');
      },
      /"rendered\/b\/bob\/manifests.yaml" does not begin/,
    ],
    [
      'a link in the place of a folder',
      'link',
      () => {
        wrote([]);
        mkdirSync(join(path, '../outside'));
        symlinkSync('../outside', join(path, 'b'));
      },
      /"rendered\/b" is a link or no ordinary file/,
    ],
    [
      'a link in the place of a file',
      'link',
      () => {
        wrote([]);
        mkdirSync(join(path, 'b/bob'), { recursive: true });
        writeFileSync(join(path, '../target.yaml'), 'mine');
        symlinkSync('../../../target.yaml', join(path, 'b/bob/manifests.yaml'));
      },
      /"rendered\/b\/bob\/manifests.yaml" is a link or no ordinary file/,
    ],
    [
      'a link in the place of the kustomization',
      'link',
      () => {
        mkdirSync(path);
        writeFileSync(join(path, '../target.yaml'), 'mine');
        symlinkSync('../target.yaml', join(path, 'kustomization.yaml'));
      },
      /"rendered\/kustomization.yaml" is a link/,
    ],
    [
      'a folder in the place of a file',
      'link',
      () => {
        wrote([]);
        mkdirSync(join(path, 'b/bob/manifests.yaml'), { recursive: true });
      },
      /"rendered\/b\/bob\/manifests.yaml" is a link or no ordinary file/,
    ],
  ];

  for (const [title, rule, spoil, message] of REFUSED) {
    test(`refuses ${title} and changes nothing`, () => {
      mkdirSync(join(path, '..'));
      spoil();
      const everything = (): unknown =>
        readdirSync(join(path, '..'), { recursive: true, encoding: 'utf8' })
          .sort()
          .map((name) => {
            const file = join(path, '..', name);
            return lstatSync(file).isFile() ? [name, lstatSync(file).mtimeMs, readFileSync(file, 'utf8')] : [name];
          });
      const before = everything();
      for (const isCheck of [true, false]) {
        const said = refusal([group('a', 'ada', 'two'), group('b', 'bob')], isCheck);
        assert.match(said, message);
        assert.ok(said.startsWith(`out/${rule} `), said);
        assert.deepEqual(everything(), before);
      }
    });
  }

  test('refuses text that kustomize would change, and says which', () => {
    assert.equal(
      refusal([group('a', 'ada', 'line\u2028line')]),
      ['ada', 'ada-more']
        .map(
          (name) =>
            `out/kustomize-text rendered/a/ada/manifests.yaml:1 ConfigMap "${name}" has U+2028 in data.value, which kustomize changes or refuses`,
        )
        .join('\n'),
    );
    assert.equal(existsSync(path), false);
  });

  test('says why the system refuses, and leaves nothing half-written', () => {
    writeFileSync(join(path, '../..', 'deep'), '');
    assert.match(refusal([group('a', 'ada')]), /^out\/unwritable rendered:1 "rendered" cannot be read or written \(ENOTDIR\)$/);
  });

  test('every problem is shown by a test', () => {
    const shown = ['immutable', 'kustomize-text', 'stale', 'unwritable', ...REFUSED.map(([, rule]) => rule)];
    assert.deepEqual([...new Set(shown)].sort(), Object.keys(OUT_PROBLEMS).sort());
  });

  describe('--check', () => {
    test('says nothing of a directory that is current, and writes nothing', () => {
      wrote([group('a', 'ada')]);
      assert.deepEqual(out([group('a', 'ada')], true), { problems: [], text: '' });
    });

    test('shows what differs, what is missing and what is left over', () => {
      wrote([group('a', 'ada'), group('a', 'bob')]);
      const before = contents();
      const { problems, text } = out([group('a', 'ada', 'two'), group('b', 'eve')], true);
      assert.deepEqual(
        problems.map(({ rule, message, hint, location }) => [rule, message, hint, location.file, location.line]),
        [
          [
            'out/stale',
            '"rendered" is not what the input renders: 4 files would change',
            'run "openclaw-gitops render bots/ --out rendered/"',
            'rendered/a/ada/manifests.yaml',
            7,
          ],
        ],
      );
      assert.ok(
        text.startsWith(
          '--- rendered/a/ada/manifests.yaml\n+++ rendered/a/ada/manifests.yaml as it is rendered\n@@ -4,11 +4,11 @@\n metadata:\n   name: ada\n data:\n-  value: one\n+  value: two\n ---\n',
        ),
        text,
      );
      assert.match(text, /^--- nothing\n\+\+\+ rendered\/b\/eve\/manifests.yaml as it is rendered\n@@ -0,0 \+1,14 @@\n\+# Written/m);
      assert.match(text, /^--- rendered\/a\/bob\/manifests.yaml\n\+\+\+ nothing\n@@ -1,14 \+0,0 @@\n-# Written/m);
      assert.match(text, /^-- a\/bob\/manifests.yaml\n\+- b\/eve\/manifests.yaml$/m);
      assert.deepEqual(contents(), before);
    });

    test('finds a directory stale that is not there, and does not make it', () => {
      assert.match(refusal([group('a', 'ada')], true), /^out\/stale rendered\/a\/ada\/manifests.yaml:1 /);
      assert.equal(existsSync(path), false);
    });

    test('shows at most so much', () => {
      const many = Array.from({ length: 50 }, (_, index) => group('a', `bot-${index}`, 'x'.repeat(10_000)));
      const lines = out(many, true).text.trimEnd().split('\n');
      assert.equal(lines.length, 202);
      assert.match(lines.at(-2)!, /^… and \d+ more lines$/);
      assert.match(lines.at(-1)!, /^… and \d+ more files$/);
      assert.ok(Math.max(...lines.map((line) => line.length)) <= 201);
    });

    test('shows no value of a Secret and no control character', () => {
      const secret = (password: string): JsonObject => ({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'keys', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"data":"${password}"}` } },
        stringData: { password, lines: `first\n${password}\nkind: ConfigMap\n` },
      });
      wrote([beside(configMap('shared', 'x'), secret('hunter2'), configMap('text', 'kind: Secret'))]);
      const { text } = out([beside(configMap('shared', 'y\u001b[31m'), secret('hunter3'), configMap('text', 'kind: Secrets'))], true);
      assert.doesNotMatch(text, /hunter/);
      assert.ok(!text.includes('\u001b'));
      assert.match(text, /^-\(a Secret, not shown: as it is\)$/m);
      assert.match(text, /^\+\(a Secret, not shown: as it is rendered\)$/m);
      assert.match(text, /^\+ {2}value: "?kind: Secrets"?$/m);
      const file = join(path, 'shared.yaml');
      const [header = ''] = readFileSync(file, 'utf8').split('\n');
      for (const form of [
        '{"kind": "Secret", "data": {"a": "hunter2"}}',
        'kind: List\nitems:\n- kind: Secret\n  data: {a: hunter2}',
        "  kind: 'Secret'\n  data:\n    a: hunter2",
      ]) {
        writeFileSync(file, `${header}\n${form}\n`);
        assert.doesNotMatch(out([beside(configMap('shared', 'x'))], true).text, /hunter/);
      }
    });
  });

  describe('of the command line', () => {
    const PROGRAM = join(import.meta.dirname, '../../../dist/openclaw-gitops.cjs');
    const BOT =
      'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: bot, namespace: agents}\nspec: {image: {tag: 2026.9.6}, envFrom: [{secretRef: {name: keys}}]}\n';
    const run = (...args: readonly string[]): { status: number | null; stdout: string; stderr: string } =>
      spawnSync(process.execPath, [PROGRAM, 'render', ...args], { cwd: root, encoding: 'utf8' });
    before(() => {
      mkdirSync(join(root, 'bots'));
      writeFileSync(join(root, 'bots/bot.yaml'), BOT);
      writeFileSync(join(root, 'wrong.yaml'), BOT.replace('image:', 'imag:'));
    });

    test('writes what is printed without it, and its hint mends a stale directory', () => {
      const written = run('bots/', '--out', 'the rendered');
      assert.deepEqual([written.status, written.stdout], [0, '']);
      assert.match(written.stderr, /^the rendered: 2 written, 0 removed, 0 unchanged\n$/m);
      const [, ...objects] = readFileSync(join(root, 'the rendered/agents/bot/manifests.yaml'), 'utf8').split('\n');
      assert.equal(objects.join('\n'), run('bots/').stdout);
      assert.equal(run('bots/', '--out', 'the rendered', '--check').status, 0);

      writeFileSync(join(root, 'bots/bot.yaml'), BOT.replace('2026.9.6', '2026.8.2'));
      const stale = run('bots/', '--check', '--out', 'the rendered');
      assert.deepEqual([stale.status, stale.stdout], [1, '']);
      assert.match(stale.stderr, /^-.*openclaw:2026\.9\.6$/m);
      const [, hint = ''] = /hint: run "openclaw-gitops render (.*)"$/m.exec(stale.stderr.slice(stale.stderr.indexOf('[out/stale]'))) ?? [];
      assert.equal(hint, "bots/ --out 'the rendered'");
      assert.equal(run('bots/', '--out', 'the rendered').status, 0);
      assert.equal(run('bots/', '--out', 'the rendered', '--check').status, 0);
      writeFileSync(join(root, 'bots/bot.yaml'), BOT);
    });

    test('refuses the input first, and says everything in one JSON document', () => {
      const refused = run('wrong.yaml', '--out', 'never');
      assert.equal(refused.status, 1);
      assert.equal(existsSync(join(root, 'never')), false);
      const stale = run('bots/', '--out', 'never', '--check', '--format', 'json');
      const rules = (JSON.parse(stale.stderr) as { rule: string }[]).map(({ rule }) => rule);
      assert.deepEqual([stale.status, rules], [1, ['lock-missing', 'out/stale']]);
    });

    for (const [title, args, message] of [
      ['--check alone', ['bots/', '--check'], /--check compares with a directory; name it with --out/],
      ['another form', ['bots/', '--out', 'x', '--output', 'jsonl'], /--output is for standard output; --out always writes YAML/],
      ['no directory', ['bots/', '--out='], /--out has no directory/],
      ['a directory that is read', ['bots/', '--out', 'bots/rendered'], /--out "bots\/rendered" lies in the input "bots\/"/],
      ['the input itself', ['bots/bot.yaml', 'bots', '--out', 'bots/../bots'], /lies in the input "bots"/],
    ] as const) {
      test(`is wrong usage with ${title}`, () => {
        const { status, stdout, stderr } = run(...args);
        assert.deepEqual([status, stdout], [2, '']);
        assert.match(stderr, message);
      });
    }
  });
});
