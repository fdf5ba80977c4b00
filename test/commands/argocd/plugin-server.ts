/**
 * Runs the plugin as Argo CD's plugin server does: a copy of the repository in a directory of its own, the application's
 * directory as working directory, the server's environment, standard output read by Argo CD's rules and errors in its words.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface PluginDefinition {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly version: string;
    readonly generate: { readonly command: readonly string[]; readonly args?: readonly string[] };
    readonly discover?: unknown;
    readonly parameters: { readonly static: readonly { readonly name: string; readonly collectionType: string }[] };
  };
}

export interface Application {
  /** `KUBE_API_VERSIONS`; a cluster without CRDs unless it is said. */
  readonly apiVersions?: string;
  readonly repository: string;
  readonly path: string;
  readonly parameters?: readonly object[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Generated {
  readonly objects: readonly Record<string, unknown>[];
  /** What the user sees in the Application's condition, or null. */
  readonly error: string | null;
  readonly stderr: string;
}

interface ServerOptions {
  readonly plugin: PluginDefinition;
  /** Stands where the sidecar image has the plugin's program. */
  readonly program: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Files arrive as 0644 and directories as 0755, whatever they are in Git; the directory above is private. */
function received(repository: string): string {
  const work = mkdtempSync(join(tmpdir(), 'cmp-server-'));
  chmodSync(work, 0o700);
  const copy = join(work, 'repository');
  cpSync(repository, copy, { recursive: true, verbatimSymlinks: true });
  for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
  mkdirSync(join(copy, '.git'), { recursive: true });
  return copy;
}

/** Argo CD's reading of standard output that starts with a brace: a stream of JSON values, each run through YAML again. */
function manifests(stdout: string): Record<string, unknown>[] {
  if (stdout.trim() === '') return [];
  if (!stdout.trimStart().startsWith('{')) throw new Error('standard output does not start with a JSON object');
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const object = parse(line, { version: '1.1' }) as Record<string, unknown>;
      if (typeof object['kind'] !== 'string') throw new Error("Object 'Kind' is missing");
      return object;
    });
}

export function generate(application: Application, { plugin, program, environment }: ServerOptions): Generated {
  const copy = received(application.repository);
  try {
    const env: Record<string, string> = {
      ...environment,
      ARGOCD_APP_NAME: 'argocd_agents',
      ARGOCD_APP_NAMESPACE: 'openclaw',
      ARGOCD_APP_PROJECT_NAME: 'default',
      ARGOCD_APP_REVISION: '0123456789abcdef0123456789abcdef01234567',
      ARGOCD_APP_SOURCE_PATH: application.path,
      ARGOCD_APP_SOURCE_REPO_URL: 'https://git.example.com/agents.git',
      ARGOCD_APP_SOURCE_TARGET_REVISION: 'main',
      KUBE_VERSION: '1.34.4',
      KUBE_API_VERSIONS: application.apiVersions ?? 'v1,v1/Pod,apps/v1,apps/v1/StatefulSet,batch/v1,batch/v1/Job',
      ARGOCD_APP_PARAMETERS: application.parameters === undefined ? 'null' : JSON.stringify(application.parameters),
      ...Object.fromEntries(Object.entries(application.env ?? {}).map(([name, value]) => [`ARGOCD_ENV_${name}`, value])),
    };
    const [command = '', ...args] = [...program, ...plugin.spec.generate.command.slice(1), ...(plugin.spec.generate.args ?? [])];
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: join(copy, application.path),
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const line = plugin.spec.generate.command.join(' ');
    if (status !== 0)
      return { objects: [], stderr, error: `error generating manifests: \`${line}\` failed exit status ${status}: ${stderr.trimEnd()}` };
    return { objects: manifests(stdout), stderr, error: null };
  } finally {
    rmSync(join(copy, '..'), { recursive: true, force: true });
  }
}
