import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readInputs, type InputSettings } from '../../src/adapters/files.ts';
import { buildKustomization } from '../../src/adapters/kustomize.ts';

interface Read {
  readonly names: readonly string[];
  readonly texts: readonly string[];
  readonly problems: readonly string[];
}

describe('readInputs', () => {
  let root = '';
  const read = async (args: readonly string[], settings: Partial<InputSettings> = {}): Promise<Read> => {
    const { files, diagnostics } = await readInputs(args, { cwd: root, stdin: async () => Buffer.from('from stdin'), ...settings });
    return {
      names: files.map(({ name }) => name),
      texts: files.map(({ bytes }) => Buffer.from(bytes).toString()),
      problems: diagnostics.map(({ rule, message }) => `${rule} ${message}`),
    };
  };
  const put = (path: string, text = path): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'inputs-'));
    for (const path of ['bots/b.yaml', 'bots/a.yml', 'bots/deep/c.json', 'bots/README.md', 'bots/.hidden.yaml', 'bots/.git/x.yaml'])
      put(path);
    put('bots/node_modules/p/package.json');
    put('single.txt');
    put('outside/secret.yaml');
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  test('a directory is read recursively, in code-unit order, without hidden files and packages', async () => {
    assert.deepEqual((await read(['bots'])).names, ['bots/a.yml', 'bots/b.yaml', 'bots/deep/c.json']);
    assert.deepEqual((await read(['./bots/'])).names, ['bots/a.yml', 'bots/b.yaml', 'bots/deep/c.json']);
    assert.deepEqual((await read(['.'], { cwd: join(root, 'bots') })).names, ['a.yml', 'b.yaml', 'deep/c.json']);
  });

  test('a named file is read whatever its ending, an absolute path keeps its name, a file named twice is read once', async () => {
    assert.deepEqual(await read(['single.txt', './single.txt', join(root, 'single.txt')]), {
      names: ['single.txt'],
      texts: ['single.txt'],
      problems: [],
    });
    assert.deepEqual((await read([join(root, 'single.txt')])).names, [join(root, 'single.txt')]);
  });

  test('- is standard input, once', async () => {
    assert.deepEqual(await read(['-', 'single.txt', '-']), {
      names: ['-', 'single.txt'],
      texts: ['from stdin', 'single.txt'],
      problems: [],
    });
  });

  test('what is missing is named, and the rest is still read', async () => {
    assert.deepEqual(await read(['absent.yaml', 'single.txt']), {
      names: ['single.txt'],
      texts: ['single.txt'],
      problems: ['parse/not-found "absent.yaml" does not exist; expected a file, a directory or -'],
    });
  });

  test('a directory without manifests is a mistake', async () => {
    mkdirSync(join(root, 'empty'), { recursive: true });
    assert.deepEqual((await read(['empty'])).problems, ['parse/no-files the directory "empty" holds no *.yaml, *.yml or *.json file']);
  });

  test('a link that leaves the directory is refused; one inside is read once; a loop ends', async () => {
    put('linked/real.yaml');
    symlinkSync('real.yaml', join(root, 'linked/again.yaml'));
    symlinkSync('.', join(root, 'linked/loop'));
    assert.deepEqual(await read(['linked']), { names: ['linked/again.yaml'], texts: ['linked/real.yaml'], problems: [] });
    symlinkSync('../outside/secret.yaml', join(root, 'linked/leak.yaml'));
    symlinkSync('../outside', join(root, 'linked/leaks'));
    assert.deepEqual((await read(['linked'])).problems, [
      'parse/symlink-outside the link "linked/leak.yaml" leads out of the directory that was named',
      'parse/symlink-outside the link "linked/leaks" leads out of the directory that was named',
    ]);
  });

  test('a directory whose only file was read before is not empty, and capital letters hide no file', async () => {
    put('capital/A.YAML');
    assert.deepEqual(await read(['capital/A.YAML', 'capital']), { names: ['capital/A.YAML'], texts: ['capital/A.YAML'], problems: [] });
  });

  test('files that are too much together are not read', async () => {
    put('many/x.yaml', '');
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      put(`many/${name}.yaml`, '');
      truncateSync(join(root, `many/${name}.yaml`), 8 * 1024 * 1024);
    }
    const { names, problems } = await read(['many', 'single.txt']);
    assert.deepEqual(names, ['many/a.yaml', 'many/b.yaml', 'many/c.yaml', 'many/d.yaml']);
    assert.deepEqual(problems, ['parse/size-limit with this file the input has more than 33554432 bytes']);
  });

  test('what cannot be read is named, and the rest is still read', async () => {
    put('partly/a.yaml');
    put('partly/b.yaml');
    symlinkSync('loop-b', join(root, 'partly/loop-a'));
    symlinkSync('loop-a', join(root, 'partly/loop-b'));
    symlinkSync('loop-c.yaml', join(root, 'partly/loop-c.yaml'));
    assert.deepEqual(await read(['partly', 'single.txt/x.yaml', 'partly/loop-c.yaml']), {
      names: ['partly/a.yaml', 'partly/b.yaml'],
      texts: ['partly/a.yaml', 'partly/b.yaml'],
      problems: [
        'parse/not-found the link "partly/loop-c.yaml" leads to nothing',
        'parse/not-found "single.txt/x.yaml" does not exist; expected a file, a directory or -',
        'parse/unreadable "partly/loop-c.yaml" cannot be read (ELOOP)',
      ],
    });
  });

  test('a bound holds for named links too', async () => {
    put('application/own.yaml');
    symlinkSync('../outside/secret.yaml', join(root, 'application/leak.yaml'));
    const within = join(root, 'application');
    assert.deepEqual((await read(['own.yaml'], { cwd: within, within })).names, ['own.yaml']);
    assert.deepEqual((await read(['leak.yaml'], { cwd: within, within })).problems, [
      'parse/symlink-outside "leak.yaml" leads out of the directory that the input must be in',
    ]);
  });

  describe('the lock', () => {
    before(() => {
      for (const path of ['repo/openclaw.lock.yaml', 'repo/agents/ada.yaml', 'repo/agents/deep/bob.yaml', 'repo/locked/eve.yaml'])
        put(path);
      put('repo/locked/openclaw.lock.yaml');
      put('repo/platform/defaults.yaml');
      put('repo/platform/openclaw.lock.yaml');
    });
    const namesIn = async (args: readonly string[], settings: Partial<InputSettings> = {}): Promise<readonly string[]> => {
      const { names, problems } = await read(args, { cwd: join(root, 'repo'), ...settings });
      assert.deepEqual(problems, []);
      return names;
    };

    test('beside a named file or in a named directory is read, once', async () => {
      assert.deepEqual(await namesIn(['locked/eve.yaml']), ['locked/eve.yaml', 'locked/openclaw.lock.yaml']);
      assert.deepEqual(await namesIn(['locked']), ['locked/eve.yaml', 'locked/openclaw.lock.yaml']);
      assert.deepEqual(await namesIn(['locked/eve.yaml', 'locked/openclaw.lock.yaml']), ['locked/eve.yaml', 'locked/openclaw.lock.yaml']);
    });

    test('brings what is vendored beside it, once', async () => {
      put('repo/vendored/eve.yaml');
      put('repo/vendored/openclaw.lock.yaml');
      put('repo/vendored/openclaw.lock.d/team-packs-writer-1.yaml');
      const all = ['vendored/eve.yaml', 'vendored/openclaw.lock.yaml', 'vendored/openclaw.lock.d/team-packs-writer-1.yaml'];
      assert.deepEqual(await namesIn(['vendored/eve.yaml']), all);
      assert.deepEqual((await namesIn(['vendored'])).toSorted(), all.toSorted());
    });

    test('is else looked for upwards, as far as the working directory', async () => {
      assert.deepEqual(await namesIn(['agents/deep/bob.yaml', './agents']), [
        'agents/deep/bob.yaml',
        'openclaw.lock.yaml',
        'agents/ada.yaml',
      ]);
      assert.deepEqual(await namesIn(['ada.yaml'], { cwd: join(root, 'repo/agents') }), ['ada.yaml']);
      assert.deepEqual(await namesIn(['../agents/ada.yaml'], { cwd: join(root, 'repo/locked') }), ['../agents/ada.yaml']);
      assert.deepEqual(await namesIn(['../locked/eve.yaml'], { cwd: join(root, 'repo/agents') }), [
        '../locked/eve.yaml',
        '../locked/openclaw.lock.yaml',
      ]);
    });

    test('keeps the form of the path that led to it', async () => {
      const file = join(root, 'repo/locked/eve.yaml');
      assert.deepEqual(await namesIn([file]), [file, join(root, 'repo/locked/openclaw.lock.yaml')]);
    });

    test('is not looked for beside standard input and beside what is read besides', async () => {
      assert.deepEqual(await namesIn(['-']), ['-']);
      assert.deepEqual(await namesIn(['locked/eve.yaml'], { besides: ['platform/defaults.yaml'] }), [
        'locked/eve.yaml',
        'locked/openclaw.lock.yaml',
        'platform/defaults.yaml',
      ]);
    });

    test('that leads out of the bound is refused', async () => {
      put('bounded/own.yaml');
      symlinkSync('../repo/openclaw.lock.yaml', join(root, 'bounded/openclaw.lock.yaml'));
      const within = join(root, 'bounded');
      assert.deepEqual((await read(['own.yaml'], { cwd: within, within })).problems, [
        'parse/symlink-outside "openclaw.lock.yaml" leads out of the directory that the input must be in',
      ]);
      assert.deepEqual((await read(['own.yaml'], { cwd: within })).names, ['own.yaml', 'openclaw.lock.yaml']);
    });
  });

  test('a pipe is not opened and a huge file is not read', async () => {
    execFileSync('mkfifo', [join(root, 'pipe.yaml')]);
    put('huge.yaml', '');
    truncateSync(join(root, 'huge.yaml'), 100 * 1024 * 1024);
    assert.deepEqual((await read(['pipe.yaml', 'huge.yaml'])).problems, [
      'parse/special-file "pipe.yaml" is no regular file',
      'parse/size-limit the file has 104857600 bytes; at most 8388608 are read',
    ]);
  });

  describe('kustomizations', () => {
    const program = (name: string, body: string): string => {
      const directory = mkdtempSync(join(root, 'bin-'));
      writeFileSync(join(directory, name), `#!/bin/sh\n${body}\n`);
      chmodSync(join(directory, name), 0o755);
      return directory;
    };
    const withPath = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
      const before = process.env['PATH'];
      process.env['PATH'] = path;
      try {
        return await work();
      } finally {
        process.env['PATH'] = before;
      }
    };
    const shell = '/usr/bin:/bin';

    before(() => put('overlay/kustomization.yaml', 'resources: [bot.yaml]\n'));

    test('are built by kustomize, else by kubectl', async () => {
      const kustomize = program('kustomize', 'echo "kustomize $1 ${2##*/}"');
      const kubectl = program('kubectl', 'echo "kubectl $1 ${2##*/}"');
      assert.deepEqual(await withPath(`${kustomize}${delimiter}${kubectl}${delimiter}${shell}`, () => read(['overlay'])), {
        names: ['overlay (kustomize build)'],
        texts: ['kustomize build overlay\n'],
        problems: [],
      });
      assert.deepEqual((await withPath(kubectl, () => read(['overlay']))).texts, ['kubectl kustomize overlay\n']);
      assert.deepEqual((await read(['overlay'], { kustomize: join(kustomize, 'kustomize') })).texts, ['kustomize build overlay\n']);
    });

    test('take the lock that lies beside them', async () => {
      put('locked-overlay/kustomization.yaml', 'resources: [bot.yaml]\n');
      put('locked-overlay/openclaw.lock.yaml');
      const kustomize = join(program('kustomize', 'echo built'), 'kustomize');
      assert.deepEqual((await read(['locked-overlay'], { kustomize })).names, [
        'locked-overlay (kustomize build)',
        'locked-overlay/openclaw.lock.yaml',
      ]);
    });

    test('cannot be built without either, and the message says so', async () => {
      const empty = mkdtempSync(join(root, 'bin-'));
      assert.deepEqual((await withPath(empty, () => read(['overlay']))).problems, [
        'parse/kustomize-missing the directory has a kustomization, and "kustomize" or "kubectl" is not there to build it',
      ]);
    });

    test('are built by a binary that is called kubectl as kubectl wants it', async () => {
      const kubectl = join(program('kubectl', 'echo "kubectl $1 ${2##*/}"'), 'kubectl');
      assert.deepEqual((await read(['overlay'], { kustomize: kubectl })).texts, ['kubectl kustomize overlay\n']);
    });

    test('that are named by their file are refused with a way out', async () => {
      assert.deepEqual((await read(['overlay/kustomization.yaml'])).problems, [
        'parse/nested-kustomization "overlay/kustomization.yaml" is a kustomization, not an object',
      ]);
    });

    test('say nothing of the place of the checkout, and no secret, when the build fails', async () => {
      const failing = join(
        program(
          'kustomize',
          'printf "Error: in \'%s/x.yaml\':\\n  literal sources [hunter2]: invalid literal source hunter2, expected key=value\\n" "$2" >&2; exit 1',
        ),
        'kustomize',
      );
      assert.deepEqual((await read(['overlay'], { kustomize: failing })).problems, [
        `parse/kustomize ${failing} failed with exit code 1: Error: in 'x.yaml': literal sources […]: invalid literal source …, expected key=value`,
      ]);
    });

    test('end in time and in size, also when what was started goes on', async () => {
      const slow = join(program('kustomize', 'sleep 30 & sleep 30'), 'kustomize');
      const built = await buildKustomization(join(root, 'overlay'), 'overlay', slow, 0.2);
      assert.ok('message' in built && built.message === `${slow} did not finish within 0.2 seconds`);
      const endless = join(program('kustomize', 'exec yes'), 'kustomize');
      assert.deepEqual((await read(['overlay'], { kustomize: endless })).problems, [
        `parse/kustomize ${endless} printed more than 8388608 bytes`,
      ]);
    });

    test('show why the build failed', async () => {
      const failing = program('kustomize', 'echo "Error: bot.yaml is missing" >&2; exit 1');
      assert.deepEqual((await read(['overlay'], { kustomize: join(failing, 'kustomize') })).problems, [
        `parse/kustomize ${join(failing, 'kustomize')} failed with exit code 1: Error: bot.yaml is missing`,
      ]);
    });

    test('below a directory that is read file by file are refused with a way out', async () => {
      put('fleet/team/kustomization.yml', '');
      put('fleet/bot.yaml');
      assert.deepEqual((await read(['fleet'])).problems, [
        'parse/nested-kustomization "fleet/team" has a kustomization.yml but is only part of a directory that is read file by file',
      ]);
    });
  });
});
