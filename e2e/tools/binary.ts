/**
 * Builds the real programs that tests run from the Go module proxy, once a version; later runs find them in the cache.
 * A tool is a folder with its go.mod here and a line in `TOOLS`.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Tool {
  /** Folder beside this file whose go.mod pins it. */
  readonly folder: string;
  /** Go package to build. */
  readonly package: string;
  /** Module in that go.mod whose version is the tool's version. */
  readonly module: string;
  /** Go variables that the program tells its version from, filled with the module's version without its `v`. */
  readonly versionVariables?: readonly string[];
  /** Version of Go that it asks for where ours is older; the go command takes it from the module proxy. */
  readonly toolchain?: string;
  /** Parts of it are C and C++, which takes a compiler of the machine. */
  readonly hasC?: boolean;
}

/** Version of Go that Argo CD's module asks for. */
export const ARGOCD_TOOLCHAIN = 'go1.27.3';

const TAILSCALE_VERSION = ['tailscale.com/version.shortStamp', 'tailscale.com/version.longStamp'];

const TOOLS = {
  'argocd-cmp-server': { folder: 'argocd', package: '.', module: 'github.com/argoproj/argo-cd/v3', toolchain: ARGOCD_TOOLCHAIN },
  'argocd-judge': { folder: 'argocd', package: './judge', module: 'github.com/argoproj/argo-cd/v3', toolchain: ARGOCD_TOOLCHAIN },
  'argocd-engine': {
    folder: 'argocd',
    package: './engine',
    module: 'github.com/argoproj/argo-cd/v3',
    versionVariables: ['github.com/argoproj/argo-cd/v3/common.version'],
    toolchain: ARGOCD_TOOLCHAIN,
  },
  'argocd-operator': {
    folder: 'argocd-operator',
    package: 'github.com/argoproj-labs/argocd-operator/cmd',
    module: 'github.com/argoproj-labs/argocd-operator',
  },
  acme: { folder: 'acme', package: '.', module: 'github.com/letsencrypt/pebble/v2' },
  containerboot: {
    folder: 'tailscale',
    package: 'tailscale.com/cmd/containerboot',
    module: 'tailscale.com',
    versionVariables: TAILSCALE_VERSION,
  },
  crane: { folder: 'crane', package: 'github.com/google/go-containerregistry/cmd/crane', module: 'github.com/google/go-containerregistry' },
  etcd: { folder: 'etcd', package: '.', module: 'go.etcd.io/etcd/server/v3' },
  flux: { folder: 'flux', package: '.', module: 'github.com/fluxcd/pkg/kustomize' },
  'flux-apply': { folder: 'flux', package: './apply', module: 'github.com/fluxcd/pkg/ssa' },
  'ingress-nginx-settings': { folder: 'ingress-nginx', package: '.', module: 'k8s.io/ingress-nginx' },
  'kube-apiserver': { folder: 'k8s', package: 'k8s.io/kubernetes/cmd/kube-apiserver', module: 'k8s.io/kubernetes' },
  'kube-controller-manager': { folder: 'k8s', package: 'k8s.io/kubernetes/cmd/kube-controller-manager', module: 'k8s.io/kubernetes' },
  'kube-score': { folder: 'kube-score', package: 'github.com/zegl/kube-score/cmd/kube-score', module: 'github.com/zegl/kube-score' },
  kubectl: { folder: 'k8s', package: 'k8s.io/kubernetes/cmd/kubectl', module: 'k8s.io/kubernetes' },
  kubeconform: { folder: 'kubeconform', package: 'github.com/yannh/kubeconform/cmd/kubeconform', module: 'github.com/yannh/kubeconform' },
  'kustomize-controller': {
    folder: 'flux',
    package: 'github.com/fluxcd/kustomize-controller',
    module: 'github.com/fluxcd/kustomize-controller',
  },
  kustomize: { folder: 'kustomize', package: 'sigs.k8s.io/kustomize/kustomize/v5', module: 'sigs.k8s.io/kustomize/kustomize/v5' },
  ocireg: { folder: 'ocireg', package: '.', module: 'github.com/google/go-containerregistry' },
  ollama: {
    folder: 'ollama',
    package: 'github.com/ollama/ollama',
    module: 'github.com/ollama/ollama',
    versionVariables: ['github.com/ollama/ollama/version.Version'],
    hasC: true,
  },
  otelcol: { folder: 'otelcol', package: '.', module: 'go.opentelemetry.io/collector/otelcol' },
  registry: {
    folder: 'registry',
    package: 'github.com/distribution/distribution/v3/cmd/registry',
    module: 'github.com/distribution/distribution/v3',
  },
  tailscale: { folder: 'tailscale', package: 'tailscale.com/cmd/tailscale', module: 'tailscale.com', versionVariables: TAILSCALE_VERSION },
  tailscaled: {
    folder: 'tailscale',
    package: 'tailscale.com/cmd/tailscaled',
    module: 'tailscale.com',
    versionVariables: TAILSCALE_VERSION,
  },
  tscontrol: { folder: 'tailscale', package: '.', module: 'tailscale.com', versionVariables: TAILSCALE_VERSION },
} as const satisfies Record<string, Tool>;

/** Path of an executable of the pinned version; `KUBEBUILDER_ASSETS` goes first for what it holds. */
export async function binary(name: keyof typeof TOOLS): Promise<string> {
  const assets = process.env['KUBEBUILDER_ASSETS'];
  if (assets && existsSync(join(assets, name))) return join(assets, name);
  const tool: Tool = TOOLS[name];
  const folder = join(import.meta.dirname, tool.folder);
  const version = pinnedVersion(await readFile(join(folder, 'go.mod'), 'utf8'), tool.module);
  const stamp = `${tool.module} ${version}\n`;
  const directory = join(process.env['OPENCLAW_GITOPS_CACHE'] ?? join(homedir(), '.cache/openclaw-gitops'), 'bin');
  const path = join(directory, name);
  const source = tool.package.startsWith('.') ? await digest(join(folder, tool.package)) : '';
  if (existsSync(path) && (await textOf(`${path}.source`)) === source) {
    if (existsSync(`${path}.version`) && (await readFile(`${path}.version`, 'utf8')) === stamp) return path;
    if (await wasBuiltFrom(path, tool.module, version)) {
      await writeFile(`${path}.version`, stamp);
      return path;
    }
  }
  await mkdir(directory, { recursive: true });
  console.error(`building ${name} ${version} with Go (cold, the API server takes about 12 CPU minutes, the others up to 5)`);
  // Built aside and renamed, so that an interrupted build leaves no half binary and a running server keeps its own.
  const fresh = `${path}.${process.pid}`;
  await run('go', ['build', '-trimpath', '-ldflags', linkerFlags(name, tool, version), '-o', fresh, tool.package], {
    cwd: folder,
    // C that is optimised less compiles sooner, and nobody waits for what it computes.
    env: {
      ...process.env,
      ...(tool.toolchain === undefined ? {} : { GOTOOLCHAIN: tool.toolchain }),
      ...(tool.hasC === true ? { CGO_ENABLED: '1', CGO_CFLAGS: '-O1', CGO_CXXFLAGS: '-O1' } : { CGO_ENABLED: '0' }),
    },
  });
  await rename(fresh, path);
  await writeFile(`${path}.version`, stamp);
  if (source !== '') await writeFile(`${path}.source`, source);
  return path;
}

/** Of a program of ours Go knows no version. */
async function digest(directory: string): Promise<string> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.go')).toSorted();
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(join(directory, file)));
  return hash.digest('hex');
}

async function textOf(file: string): Promise<string> {
  return existsSync(file) ? readFile(file, 'utf8') : '';
}

function pinnedVersion(goMod: string, module: string): string {
  for (const line of goMod.split('\n')) {
    const words = line
      .replace(/^require /, '')
      .trim()
      .split(' ');
    if (words[0] === module && words[1]) return words[1];
  }
  throw new Error(`go.mod does not require ${module}`);
}

function linkerFlags(name: string, tool: Tool, version: string): string {
  const values = (tool.versionVariables ?? []).map((variable) => `-X ${variable}=${version.replace('v', '')}`);
  if (name.startsWith('kube-') && tool.module === 'k8s.io/kubernetes') values.push(...kubernetesVersion(version));
  return ['-s', '-w', ...values].join(' ');
}

/** Kubernetes tells its version from these, and clients compare it. */
function kubernetesVersion(version: string): string[] {
  const [major, minor] = version.replace('v', '').split('.');
  const values = { gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: 'clean', buildDate: '1970-01-01T00:00:00Z' };
  return Object.entries(values).map(([key, value]) => `-X k8s.io/component-base/version.${key}=${value}`);
}

/** A binary without our stamp may still be the right one: Go records the module versions in it. */
async function wasBuiltFrom(path: string, module: string, version: string): Promise<boolean> {
  try {
    const { stdout } = await run('go', ['version', '-m', path]);
    // "mod" where the tool is the main package of its own module, "dep" where our main.go calls it.
    return stdout.includes(`\tmod\t${module}\t${version}\t`) || stdout.includes(`\tdep\t${module}\t${version}\t`);
  } catch {
    return false;
  }
}
