/** What is in the built program: one file for the common path, nothing of Node in the library, nothing heavy, and no size by accident. */
import assert from 'node:assert/strict';
import { isAscii } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { GOLDEN } from '../golden/golden-case.ts';
import { ROOT } from './source-files.ts';

const PROGRAM = join(ROOT, 'dist/openclaw-gitops.cjs');
const LIBRARY = join(ROOT, 'dist/index.mjs');
const MINIMAL = join(GOLDEN, 'minimal/input');
/** More than twice of what a cold start can read and compile in the time of an empty Node. */
const LARGEST_BYTES = 768 * 1024;
/** With a YAML reader, sign-in by OpenID and proxies of its own. */
const LARGEST_ADOPTION_BYTES = 1600 * 1024;

/** Writes every module that the process loads to a file, one a line: as they are imported, and at the end what Node has loaded of itself. */
const RECORD_MODULES = `data:text/javascript,
import { registerHooks } from 'node:module';
import { appendFileSync } from 'node:fs';
registerHooks({ load(url, context, next) { appendFileSync(process.env.MODULES_FILE, url + '\\n'); return next(url, context); } });
const ofNode = () => process.moduleLoadList.filter((name) => name.startsWith('NativeModule ')).map((name) => 'loaded:' + name.slice(13) + '\\n');
process.on('exit', () => appendFileSync(process.env.MODULES_FILE, ofNode().join('')));`;

interface Modules {
  /** The URLs of all that was imported. */
  readonly imported: readonly string[];
  /** What Node loaded of itself, however it was asked for. */
  readonly ofNode: readonly string[];
}

function modulesLoadedBy(args: readonly string[]): Modules {
  const directory = mkdtempSync(join(tmpdir(), 'modules-'));
  try {
    const file = join(directory, 'modules.txt');
    const run = spawnSync(process.execPath, ['--import', RECORD_MODULES, ...args], {
      env: { ...process.env, MODULES_FILE: file },
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const ofNode = lines.filter((line) => line.startsWith('loaded:')).map((line) => line.slice('loaded:'.length));
    return { imported: lines.filter((line) => !line.startsWith('loaded:')), ofNode };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function bundledMain(): string {
  const names = readdirSync(dirname(PROGRAM)).filter((name) => /^main-\w+\.cjs$/.test(name));
  assert.equal(names.length, 1, names.join(', '));
  return join(dirname(PROGRAM), names[0]!);
}

describe('the bundle', () => {
  before(() => {
    const build = spawnSync(process.execPath, ['scripts/build.ts', '--if-stale'], { cwd: ROOT, encoding: 'utf8' });
    assert.equal(build.status, 0, build.stderr);
  });

  test('says which Node it needs to one that is too old', () => {
    const older = "data:text/javascript,delete process.getBuiltinModule('node:module').enableCompileCache;";
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', older, PROGRAM, 'version'], { encoding: 'utf8' });
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^error: openclaw-gitops needs Node 22\.19 or newer; this is Node [\d.]+\n$/);
  });

  test('is what npx runs in a checkout where an earlier version had another name', () => {
    const cache = mkdtempSync(join(tmpdir(), 'npm-cache-'));
    try {
      const env = { ...process.env, npm_config_cache: cache, npm_config_offline: 'true', npm_config_update_notifier: 'false' };
      const version = () => spawnSync('npx', ['openclaw-gitops', 'version'], { cwd: ROOT, env, encoding: 'utf8' });
      const first = version();
      assert.equal(first.status, 0, first.stderr);
      const [link] = globSync(join(cache, '_npx/*/node_modules/.bin/openclaw-gitops'));
      unlinkSync(link!);
      symlinkSync('../openclaw-gitops/dist/earlier-name', link!);
      const second = version();
      assert.deepEqual([second.status, second.stdout], [0, first.stdout], second.stderr);
    } finally {
      rmSync(cache, { recursive: true });
    }
  });

  test('loads nothing but itself and Node to render', () => {
    const { imported, ofNode } = modulesLoadedBy([PROGRAM, 'render', MINIMAL]);
    // Each file costs a cold start a system call and a compilation: the executable reads the program, and that requires nothing.
    assert.deepEqual(
      imported.filter((url) => !url.startsWith('node:')),
      [pathToFileURL(PROGRAM).href],
    );
    assert.ok(ofNode.includes('fs'), 'what Node loaded is known');
    const unwanted = ['http', 'https', 'net', 'tls', 'crypto', 'dns', 'child_process'];
    assert.deepEqual(
      ofNode.filter((name) => unwanted.includes(name)),
      [],
      'rendering needs no network and no other program',
    );
    const bytes = statSync(PROGRAM).size + statSync(bundledMain()).size;
    assert.ok(bytes <= LARGEST_BYTES, `${bytes} bytes`);
    assert.ok(isAscii(readFileSync(bundledMain())), 'any other character would make V8 hold all of it in two bytes a character');
  });

  test('leaves to the KRM function what only that needs', () => {
    const names = readdirSync(dirname(PROGRAM));
    assert.ok(names.includes('lazy-answer.cjs'));
    // Writes into YAML with its comments kept, which no other command does.
    assert.ok(!readFileSync(bundledMain(), 'utf8').includes('internal.config.kubernetes.io/path'));
    assert.ok(readFileSync(join(dirname(PROGRAM), 'lazy-answer.cjs'), 'utf8').includes('internal.config.kubernetes.io/path'));
  });

  test('leaves the way to a cluster to adoption', () => {
    const adoption = readFileSync(join(dirname(PROGRAM), 'lazy-adopt-instances.cjs'), 'utf8');
    // Of a kubeconfig, which no other command reads.
    assert.ok(adoption.includes('insecure-skip-tls-verify'));
    assert.ok(!readFileSync(bundledMain(), 'utf8').includes('insecure-skip-tls-verify'));
    assert.ok(adoption.length <= LARGEST_ADOPTION_BYTES, `${adoption.length} bytes`);
  });

  test('of the library needs no Node module', () => {
    const script = `import { render } from ${JSON.stringify(LIBRARY)}; if (!render([]).refused) process.exit(1);`;
    const { imported } = modulesLoadedBy(['--input-type=module', '--eval', script]);
    const modules = imported.filter((url) => !url.startsWith('data:') && !url.includes('[eval'));
    assert.deepEqual(
      modules.map((url) => basename(url)),
      ['index.mjs'],
    );
    assert.ok(statSync(LIBRARY).size <= LARGEST_BYTES, `${statSync(LIBRARY).size} bytes`);
  });

  test('holds no path of the machine it was built on', () => {
    for (const file of [LIBRARY, PROGRAM, bundledMain()]) assert.ok(!readFileSync(file, 'utf8').includes(ROOT), file);
  });

  test('takes the compiled code that an image brings, the same twice, unless V8 has other flags', () => {
    const directory = mkdtempSync(join(tmpdir(), 'brought-'));
    /** In one place, as in an image: the name of the program's file is part of what V8 keeps. */
    const copy = (name: string): string => {
      const target = join(directory, 'program');
      cpSync(dirname(PROGRAM), target, { recursive: true, filter: (path) => statSync(path).isDirectory() || /\.[cm]js$/.test(path) });
      const compile = ['--random-seed=1', join(ROOT, 'sidecar-image/compile.ts'), target, MINIMAL];
      const { status, stderr } = spawnSync(process.execPath, compile, { encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      renameSync(target, join(directory, name));
      return join(directory, name);
    };
    const plain = spawnSync(process.execPath, [PROGRAM, 'render', MINIMAL], { encoding: 'utf8' }).stdout;
    assert.match(plain, /^kind: StatefulSet$/m);
    /** How many files Node's directory has afterwards. */
    const kept = (program: string, flags: readonly string[]): number => {
      const env = { ...process.env, NODE_COMPILE_CACHE: mkdtempSync(join(directory, 'node-')) };
      const run = spawnSync(process.execPath, [...flags, program, 'render', MINIMAL], { env, encoding: 'utf8' });
      assert.equal(run.status, 0, run.stderr);
      assert.equal(run.stdout, plain);
      return readdirSync(env.NODE_COMPILE_CACHE, { recursive: true, encoding: 'utf8' }).filter((name) => basename(name).startsWith('main-'))
        .length;
    };
    try {
      const [first, second] = [copy('first'), copy('second')];
      const files = readdirSync(join(first, 'compiled'));
      assert.equal(files.length, 4);
      for (const name of files)
        assert.ok(readFileSync(join(first, 'compiled', name)).equals(readFileSync(join(second, 'compiled', name))), `${name} differs`);
      const program = join(first, basename(PROGRAM));
      assert.equal(kept(program, []), 0);
      assert.equal(kept(program, ['--no-lazy']), 1);
      rmSync(join(first, 'compiled'), { recursive: true });
      assert.equal(kept(program, []), 1);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test('keeps compiled code of a command, and renders the same without it, with it, and with a damaged one', () => {
    const directory = mkdtempSync(join(tmpdir(), 'compiled-'));
    const rendered = (): string => {
      const env = { ...process.env, NODE_COMPILE_CACHE: directory };
      const run = spawnSync(process.execPath, [PROGRAM, 'render', MINIMAL], { env, encoding: 'utf8' });
      assert.equal(run.status, 0, run.stderr);
      return run.stdout;
    };
    const kept = (): string => {
      const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => basename(name).startsWith('main-'));
      assert.equal(files.length, 1, files.join('\n'));
      return join(directory, files[0]!);
    };
    try {
      const first = rendered();
      const code = readFileSync(kept());
      assert.equal(rendered(), first);
      assert.ok(readFileSync(kept()).equals(code), 'what is good is not written again');
      const damaged = Buffer.from(code).fill(0x5a, 100_000, 100_100);
      for (const bad of [damaged, code.subarray(0, 100_001), Buffer.alloc(0), Buffer.alloc(1000)]) {
        writeFileSync(kept(), bad);
        assert.equal(rendered(), first);
        assert.ok(!readFileSync(kept()).equals(bad), 'what is damaged is replaced');
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
