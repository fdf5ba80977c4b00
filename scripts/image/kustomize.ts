/** kustomize for the image, made by Go from the pinned version, whose sources go.sum knows by their hashes: nothing is downloaded ready-made. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { binary } from '../../e2e/tools/binary.ts';
import { goProgram, sourcesOf } from './go-modules.ts';
import { copyLicenses } from './licenses.ts';

const MODULE = 'sigs.k8s.io/kustomize/kustomize/v5';
const FOLDER = join(import.meta.dirname, '../../e2e/tools/kustomize');

/** Path of the program; of this machine's architecture it is the one that tests run. */
export async function kustomize(architecture: 'amd64' | 'arm64'): Promise<string> {
  const own = { x64: 'amd64', arm64: 'arm64' }[process.arch as string] === architecture;
  return own ? await binary('kustomize') : crossBuilt(architecture);
}

/** Its own licence, those of all modules in it, and Go's, whose library is in every program. */
export function copyLicensesOfKustomize(program: string, target: string): void {
  const { go, modules } = goProgram(program);
  const sources = sourcesOf(modules, FOLDER);
  for (const [index, { name, version }] of modules.entries()) copyLicenses(sources[index]!, join(target, `${name}@${version}`));
  const root = execFileSync('go', ['env', 'GOROOT'], { cwd: FOLDER, encoding: 'utf8' }).trim();
  const license = join(root, 'LICENSE');
  if (!existsSync(license)) throw new Error(`Go has no licence in ${root}, where that of go.dev has it`);
  mkdirSync(join(target, `go@${go}`));
  copyFileSync(license, join(target, `go@${go}/LICENSE`));
}

function crossBuilt(architecture: string): string {
  const path = join(process.env['OPENCLAW_GITOPS_CACHE'] ?? join(homedir(), '.cache/openclaw-gitops'), `bin-${architecture}`, 'kustomize');
  mkdirSync(dirname(path), { recursive: true });
  // Go's own cache knows whether there is anything to do.
  execFileSync('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', path, MODULE], {
    cwd: FOLDER,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, CGO_ENABLED: '0', GOARCH: architecture, GOOS: 'linux' },
  });
  return path;
}
