/**
 * Bundles the command line and the library into dist/, one file each and minified, so that a cold start loads one file.
 * `--if-stale` does nothing when dist/ is newer than everything it is made from: `npx` runs the prepare script again each time.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, globSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
const OUTPUTS = ['openclaw-gitops.mjs', 'index.mjs', 'types/index.d.ts'];

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

if (!(process.argv.includes('--if-stale') && isFresh())) {
  for (const name of existsSync(join(ROOT, 'dist')) ? readdirSync(join(ROOT, 'dist')) : [])
    if (name.endsWith('.mjs')) rmSync(join(ROOT, 'dist', name));
  // The packages' ES modules: their CommonJS forms would bring `require` and a slower start.
  const yaml = join(ROOT, 'node_modules/yaml/browser/index.js');
  const shared = {
    alias: { yaml },
    mainFields: ['module', 'main'],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'node22',
    legalComments: 'eof',
    logLevel: 'warning',
    absWorkingDir: ROOT,
  } satisfies BuildOptions;
  await build({
    ...shared,
    entryPoints: { 'openclaw-gitops': 'src/bin.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    splitting: true,
    chunkNames: 'chunk-[name]-[hash]',
  });
  // The library runs anywhere, so nothing of Node may be in it: the neutral platform fails on node:*.
  await build({ ...shared, entryPoints: { index: 'src/index.ts' }, outdir: 'dist', outExtension: { '.js': '.mjs' }, platform: 'neutral' });
  chmodSync(join(ROOT, 'dist', 'openclaw-gitops.mjs'), 0o755);
  writeTypes();
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
