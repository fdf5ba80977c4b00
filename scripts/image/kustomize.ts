/** kustomize for the image, made by Go from the pinned version, whose sources go.sum knows by their hashes: nothing is downloaded ready-made. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { goModuleFile } from '../../e2e/tools/go-module.ts';
import { binary } from '../../e2e/tools/binary.ts';

const MODULE = 'sigs.k8s.io/kustomize/kustomize/v5';
const FOLDER = join(import.meta.dirname, '../../e2e/tools/kustomize');

export interface Kustomize {
  readonly path: string;
  readonly license: string;
}

/** Of this machine's architecture it is the one that tests run. */
export async function kustomize(architecture: 'amd64' | 'arm64'): Promise<Kustomize> {
  const own = { x64: 'amd64', arm64: 'arm64' }[process.arch as string] === architecture;
  const path = own ? await binary('kustomize') : crossBuilt(architecture);
  const version = execFileSync('go', ['list', '-m', '-f', '{{.Version}}', MODULE], { cwd: FOLDER, encoding: 'utf8' }).trim();
  return { path, license: await goModuleFile(`${MODULE}@${version}`, 'LICENSE') };
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
