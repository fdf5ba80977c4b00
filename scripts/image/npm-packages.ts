/** Packages of npm with code in our bundles, the programs for the pod included. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '../..');

export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX's name of it. */
  readonly license: string;
  readonly directory: string;
}

/** Told by the bundler: a lock file also has what no bundle took anything of. */
export async function bundledPackages(): Promise<NpmPackage[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/main.ts', ...globSync('src/pod/*/main.ts', { cwd: ROOT })],
    outdir: 'nowhere',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const paths = Object.keys(metafile.inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []);
  return [...new Set(paths)].sort().map((path) => {
    const directory = join(ROOT, path);
    const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as NpmPackage;
    return { name, version, license, directory };
  });
}
