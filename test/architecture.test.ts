/** STYLE.md as data: who may import whom, where packages live, what names and sizes files have. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { features } from '../src/features/index.ts';
import { rules } from '../src/validate/rules/index.ts';
import { codeOnly, ROOT, sourceCode, type SourceCode } from './self/source-files.ts';

/** What the files of each part of `src/` may import, apart from the part itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  generated: ['lib'],
  kube: ['lib'],
  diagnostics: ['lib'],
  parse: ['lib', 'kube', 'diagnostics'],
  resolve: ['lib', 'kube', 'diagnostics', 'generated', 'parse'],
  validate: ['lib', 'kube', 'diagnostics', 'generated', 'parse', 'resolve'],
  compose: ['lib', 'kube', 'generated', 'resolve'],
  features: ['lib', 'kube', 'generated', 'resolve', 'compose'],
  kinds: ['lib', 'kube', 'compose'],
  output: ['lib', 'kube', 'resolve', 'compose'],
  namespaces: ['lib', 'kube', 'resolve'],
  'render.ts': [
    'lib',
    'kube',
    'diagnostics',
    'generated',
    'parse',
    'resolve',
    'validate',
    'compose',
    'features',
    'kinds',
    'output',
    'namespaces',
  ],
  'index.ts': ['lib', 'diagnostics', 'parse', 'output', 'render.ts'],
  adopt: ['lib', 'kube'],
  adapters: ['lib', 'kube', 'diagnostics', 'parse'],
  commands: [
    'lib',
    'kube',
    'diagnostics',
    'generated',
    'parse',
    'resolve',
    'output',
    'render.ts',
    'adopt',
    'adapters',
    'package.json',
    'schema',
  ],
  'main.ts': ['commands'],
  'bin.ts': [],
  pod: ['lib'],
};

/** Parts that may not see the outside world: same input, same bytes. */
const PURE = [
  'lib',
  'kube',
  'diagnostics',
  'parse',
  'resolve',
  'validate',
  'compose',
  'features',
  'kinds',
  'output',
  'namespaces',
  'adopt',
  'render.ts',
  'index.ts',
];
const IMPURE =
  /\b(?:Date|Math\.random|process|fetch|performance|setTimeout|setInterval|setImmediate|Buffer|Intl|globalThis|crypto|toLocale\w+)\b|\.localeCompare\b/;

/** The only files of `src/` that may import a package. Scripts and tests may take what they need. */
const PACKAGE_HOMES: Readonly<Record<string, readonly string[]>> = {
  yaml: ['src/parse/'],
  json5: ['src/lib/json5.ts'],
  '@noble/hashes': ['src/lib/sha256.ts'],
  'fast-json-stable-stringify': ['src/output/'],
  fflate: ['src/adapters/oci-registry/artifact.ts'],
  'kubernetes-types': ['src/kube/types.ts'],
  '@kubernetes/client-node': ['src/adapters/cluster.ts', 'src/adapters/kubeconfig.ts'],
};
/** Packages that a cold start may load. */
const RENDER_PATH_PACKAGES = ['yaml', 'json5', '@noble/hashes', 'fast-json-stable-stringify'];

/** Files of `features/` and `kinds/` that serve others there and are no feature or kind themselves, with those that may import them. */
const FEATURE_PARTS: Readonly<Record<string, readonly string[]>> = {
  alerts: ['prometheus-rule'],
  'dashboard-panels': ['grafana-dashboard'],
  'workspace-texts': ['workspace'],
};
const KIND_PARTS = ['metadata', 'pod-spec'];

const LONGEST_FILE = 300;
/** Tables of cases may be longer. */
const LONGEST_TEST = 500;
/** Generated, and the list of rules, which has two lines a rule. */
const LONG_FILES = ['src/generated/openclaw-instance.ts', 'src/validate/rules/index.ts'];
const EMPTY_NAMES = /(?:^|-)(?:utils?|helpers?|common|managers?|misc)(?:-|$)/;

const source = sourceCode('src');
const everything = [...source, ...['test', 'scripts', 'e2e'].flatMap((folder) => sourceCode(folder))];

/** The part of the checkout that a path belongs to: a folder or file of `src/`, or a name at the root. */
function partOf(path: string): string {
  const [root, second] = path.split('/') as [string, string | undefined];
  return root === 'src' ? second! : root;
}

function packageOf(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}

function namesIn(folder: string): string[] {
  const files = source.filter(({ path }) => path.startsWith(`src/${folder}/`) && path.split('/').length === folder.split('/').length + 2);
  return files
    .map(({ path }) => basename(path, '.ts'))
    .filter((name) => name !== 'index')
    .sort();
}

function fileAt(path: string): SourceCode {
  const found = source.find((file) => file.path === path);
  assert.ok(found !== undefined, `${path} is gone`);
  return found;
}

describe('imports', () => {
  test('are found at all', () => {
    const { imports } = fileAt('src/render.ts');
    assert.ok(imports.some(({ target }) => target === 'src/compose/compose.ts'));
    assert.ok(fileAt('src/commands/schema.ts').imports.some(({ isDynamic }) => isDynamic));
    assert.equal(IMPURE.test(codeOnly('const now = `${Date.now()}`; // Date')), true);
    assert.equal(IMPURE.test(codeOnly("const text = 'Date'; /* process */")), false);
  });

  test('go one way', () => {
    const violations = source.flatMap(({ path, imports }) => {
      const part = partOf(path);
      const allowed = MAY_IMPORT[part];
      if (allowed === undefined) return [`${path} is in no part of the table`];
      const targets = imports.filter(({ isPackage }) => !isPackage).map(({ target }) => target);
      return targets
        .filter((target) => partOf(target) !== part && !allowed.includes(partOf(target)))
        .map((target) => `${path} imports ${target}`);
    });
    assert.deepEqual(violations, []);
  });

  test('have no cycles', () => {
    const files = new Map(source.map((file) => [file.path, file]));
    const done = new Set<string>();
    const cycles: string[] = [];
    function visit(path: string, trail: readonly string[]): void {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      if (trail.includes(path) || done.has(path)) return;
      for (const { target, isTypeOnly } of files.get(path)?.imports ?? []) if (!isTypeOnly) visit(target, [...trail, path]);
      done.add(path);
    }
    for (const path of files.keys()) visit(path, []);
    assert.deepEqual(cycles, []);
  });

  test('of packages are at home', () => {
    const violations = source.flatMap(({ path, imports }) => {
      const packages = imports
        .filter(({ isPackage, target }) => isPackage && !target.startsWith('node:'))
        .map(({ target }) => packageOf(target));
      return packages
        .filter((name) => !(PACKAGE_HOMES[name] ?? []).some((home) => path.startsWith(home)))
        .map((name) => `${path} imports ${name}`);
    });
    assert.deepEqual(violations, []);
  });

  test('of the render path are light', () => {
    const files = new Map(source.map((file) => [file.path, file]));
    const reached = new Set<string>();
    const packages = new Set<string>();
    function reach(path: string): void {
      if (reached.has(path)) return;
      reached.add(path);
      for (const { target, isPackage, isTypeOnly, isDynamic } of files.get(path)?.imports ?? []) {
        if (isTypeOnly || isDynamic) continue;
        if (!isPackage) reach(target);
        else if (!target.startsWith('node:')) packages.add(packageOf(target));
      }
    }
    reach('src/main.ts');
    assert.ok(reached.has('src/render.ts'));
    assert.deepEqual(
      [...packages].filter((name) => !RENDER_PATH_PACKAGES.includes(name)),
      [],
    );
  });

  test('name files with their extension', () => {
    const targets = everything.flatMap(({ path, imports }) =>
      imports
        .filter(({ isPackage, target }) => !isPackage && !/\.(?:ts|js|mjs|json)$/.test(target))
        .map(({ target }) => `${path} imports ${target}`),
    );
    assert.deepEqual(targets, []);
  });
});

describe('the pure part', () => {
  const pure = source.filter(({ path }) => PURE.includes(partOf(path)));

  test('does not see the outside world', () => {
    const violations = pure.flatMap(({ path, text, imports }) => {
      const name = IMPURE.exec(codeOnly(text))?.[0];
      const modules = imports.filter(({ target, isPackage }) => isPackage && target.startsWith('node:')).map(({ target }) => target);
      return [...(name === undefined ? [] : [name]), ...modules].map((what) => `${path} uses ${what}`);
    });
    assert.deepEqual(violations, []);
  });

  test('is what the linter guards too', () => {
    const { overrides } = JSON.parse(readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8')) as {
      overrides: { files: string[]; rules: Record<string, unknown> }[];
    };
    const guarded = overrides.filter((override) => 'no-restricted-imports' in override.rules).flatMap(({ files }) => files);
    assert.deepEqual(guarded.toSorted(), PURE.map((part) => (part.endsWith('.ts') ? `src/${part}` : `src/${part}/**`)).toSorted());
  });
});

describe('features and kinds', () => {
  test('features do not import each other', () => {
    const violations = source.flatMap(({ path, imports }) => {
      const name = basename(path, '.ts');
      if (!path.startsWith('src/features/') || name === 'index') return [];
      return imports
        .map(({ target }) => target)
        .filter((target) => target.startsWith('src/features/') && !(FEATURE_PARTS[basename(target, '.ts')] ?? []).includes(name))
        .map((target) => `${path} imports ${target}`);
    });
    assert.deepEqual(violations, []);
  });

  test('every feature is registered under the name of its file', () => {
    const files = namesIn('features').filter((name) => !Object.hasOwn(FEATURE_PARTS, name));
    assert.deepEqual(features.map(({ id }) => id).toSorted(), files);
  });

  test('every kind is registered', () => {
    const registered = fileAt('src/kinds/index.ts')
      .imports.filter(({ isTypeOnly }) => !isTypeOnly)
      .map(({ target }) => basename(target, '.ts'));
    assert.deepEqual(
      registered.toSorted(),
      namesIn('kinds').filter((name) => !KIND_PARTS.includes(name)),
    );
  });

  test('a kind is made in one place', () => {
    const makers = new Map<string, string[]>();
    for (const { path, text } of source.filter((file) => ['kinds', 'features', 'compose'].includes(partOf(file.path)))) {
      for (const [, apiVersion, kind] of text.matchAll(/\bapiVersion: '([^']+)',[^;]*?\n? *\bkind: '(\w+)',\s*metadata\b/g)) {
        const name = `${apiVersion} ${kind}`;
        makers.set(name, [...(makers.get(name) ?? []), path]);
      }
    }
    assert.ok(makers.get('apps/v1 StatefulSet')?.includes('src/kinds/stateful-set.ts'));
    assert.deepEqual(
      [...makers].filter(([, paths]) => new Set(paths).size > 1),
      [],
    );
  });

  test('kinds do not name a feature', () => {
    const violations = source.flatMap(({ path, text }) =>
      path.startsWith('src/kinds/')
        ? features.filter(({ id }) => id.includes('-') && text.includes(`'${id}'`)).map(({ id }) => `${path} names ${id}`)
        : [],
    );
    assert.deepEqual(violations, []);
  });
});

test('every rule is registered under the name of its file', () => {
  assert.deepEqual(rules.map(({ id }) => id).toSorted(), namesIn('validate/rules'));
});

describe('files', () => {
  test('have kebab-case names that say something', () => {
    const wrong = everything
      .map(({ path }) => path)
      .filter((path) => {
        const names = path.split('/').map((name) => name.replace(/(?:\.test|\.d)?\.ts$/, ''));
        return names.some((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) || EMPTY_NAMES.test(name));
      });
    assert.deepEqual(wrong, []);
  });

  test('are short', () => {
    const long = everything
      .filter(({ path, text }) => text.split('\n').length > (path.startsWith('test/') ? LONGEST_TEST : LONGEST_FILE) + 1)
      .map(({ path }) => path);
    assert.deepEqual(long, LONG_FILES);
  });
});
