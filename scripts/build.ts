/**
 * Bundles the command line and the library into dist/, one file each and minified, so that a cold start loads one file beside the executable.
 * What a command loads only when it needs it is a whole bundle of its own: code that both shared would be more files to load at each start.
 * `--if-stale` does nothing when dist/ is newer than everything it is made from: `npx` runs the prepare script again each time.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
const OUTPUTS = ['openclaw-gitops.cjs', 'index.mjs', 'types/index.d.ts'];

function newestChange(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

function isFresh(): boolean {
  const outputs = OUTPUTS.map((name) => join(ROOT, 'dist', name));
  if (!outputs.every((path) => existsSync(path))) return false;
  const built = Math.min(...outputs.map((path) => statSync(path).mtimeMs));
  return ['src', 'schema', 'scripts', 'package.json', 'package-lock.json'].every((name) => newestChange(join(ROOT, name)) < built);
}

/**
 * Takes Node's modules as they are: `import` would first read every getter of `node:fs`, and so load the streams and promises that
 * rendering never uses, a quarter of the time in which an empty Node starts.
 */
const NODE_MODULES: Plugin = {
  name: 'node modules',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ kind, path }) => (kind === 'import-statement' ? { path, namespace: 'node' } : undefined));
    build.onLoad({ filter: /^/, namespace: 'node' }, async ({ path }) => {
      const names = Object.keys((await import(path)) as object).filter((name) => name !== 'default' && name !== 'module.exports');
      // Calls marked pure are left out when nobody takes their name.
      const parts = names.map((name) => `export const ${name} = /* @__PURE__ */ (() => node.${name})();`);
      return { contents: [`const node = process.getBuiltinModule('${path}');`, 'export default node;', ...parts].join('\n') };
    });
  },
};

if (!(process.argv.includes('--if-stale') && isFresh())) {
  // The packages' ES modules: their CommonJS forms would bring `require` and a slower start.
  const yaml = join(ROOT, 'node_modules/yaml/browser/index.js');
  // Without the threads that its form for Node can start.
  const fflate = join(ROOT, 'node_modules/fflate/esm/browser.js');
  const shared = {
    alias: { yaml, fflate },
    mainFields: ['module', 'main'],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'node22',
    legalComments: 'eof',
    logLevel: 'warning',
    absWorkingDir: ROOT,
  } satisfies BuildOptions;
  // A script cannot import, so what it loads lazily is required.
  const script = {
    ...shared,
    outdir: 'dist',
    platform: 'node',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    supported: { 'dynamic-import': false },
  } satisfies BuildOptions;
  const lazy = new Set<string>();
  const outputs = new Set(['index.mjs', 'openclaw-gitops.cjs']);
  // A script and not a module: of a script V8 gives away what it has compiled while it ran (see src/bin.ts).
  const { metafile } = await build({
    ...script,
    entryPoints: ['src/main.ts'],
    entryNames: '[name]-[hash]',
    banner: { js: '(function(require){' },
    footer: { js: '})' },
    metafile: true,
    plugins: [apart(lazy), NODE_MODULES],
  });
  const program = basename(Object.keys(metafile.outputs)[0]!);
  outputs.add(program);
  // A set that grows while it is walked: what is loaded lazily may load more so.
  for (const path of lazy) {
    await build({ ...script, entryPoints: { [lazyName(path)]: path }, plugins: [apart(lazy), NODE_MODULES] });
    outputs.add(`${lazyName(path)}.cjs`);
  }
  await build({
    ...script,
    entryPoints: { 'openclaw-gitops': 'src/bin.ts' },
    define: { PROGRAM_FILE: JSON.stringify(program) },
    plugins: [NODE_MODULES],
  });
  // The library runs anywhere, so nothing of Node may be in it: the neutral platform fails on node:*.
  await build({ ...shared, entryPoints: { index: 'src/index.ts' }, outdir: 'dist', outExtension: { '.js': '.mjs' }, platform: 'neutral' });
  chmodSync(join(ROOT, 'dist', 'openclaw-gitops.cjs'), 0o755);
  // Last, so that whoever runs the program meanwhile finds all of it.
  for (const name of readdirSync(join(ROOT, 'dist'))) if (/\.[cm]js$/.test(name) && !outputs.has(name)) rmSync(join(ROOT, 'dist', name));
  writeTypes();
}
if (process.platform !== 'win32') linkExecutable();

/**
 * Puts the executable where `npx` looks when its cache leads nowhere. It installs a checkout into that cache once, and goes on taking the
 * name that the executable had then, of whatever version is checked out in the same directory later (measured with npm 11.19.1).
 */
function linkExecutable(): void {
  const bin = join(ROOT, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  rmSync(join(bin, 'openclaw-gitops'), { force: true });
  symlinkSync('../../dist/openclaw-gitops.cjs', join(bin, 'openclaw-gitops'));
}

/** Leaves what is imported dynamically to a bundle of its own, and notes it. */
function apart(lazy: Set<string>): Plugin {
  return {
    name: 'lazy bundles',
    setup(build) {
      build.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const source = resolve(resolveDir, path);
        lazy.add(source);
        return { path: `./${lazyName(source)}.cjs`, external: true };
      });
    },
  };
}

function lazyName(path: string): string {
  return `lazy-${basename(path, '.ts')}`;
}

/** Declarations of the library. Whoever imports them has no `.ts` files beside them, so their imports say `.js`. */
function writeTypes(): void {
  const settings = ['--module nodenext --target es2024 --strict --skipLibCheck --allowImportingTsExtensions --resolveJsonModule'];
  const output = ['--ignoreConfig --declaration --emitDeclarationOnly --rootDir src --outDir dist/types'];
  rmSync(join(ROOT, 'dist/types'), { recursive: true, force: true });
  execFileSync('tsc', ['src/index.ts', ...[...settings, ...output].flatMap((part) => part.split(' '))], { cwd: ROOT, stdio: 'inherit' });
  for (const name of globSync('dist/types/**/*.d.ts', { cwd: ROOT })) {
    const path = join(ROOT, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
}
