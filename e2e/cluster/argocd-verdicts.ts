import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toJsonLine } from '../../src/index.ts';
import { binary } from '../tools/binary.ts';
import type { Cluster } from './cluster.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import type { Manifest } from './manifest.ts';

/** What Argo CD's code says of an object in one of its ways to apply and to compare: a line of e2e/tools/argocd/judge. */
export interface ArgocdVerdict {
  readonly step: string;
  readonly object: string;
  readonly kind: string;
  readonly error?: string;
  /** OutOfSync, with both sides. */
  readonly modified: boolean;
  readonly live?: unknown;
  readonly predicted?: unknown;
  /** The same comparison finds a label that only Git has. */
  readonly seen: boolean;
  readonly health: string;
}

/** Every verdict on each of the objects, in no order; `apply` applies them in each way first, `compare` takes what is there. */
export async function argocdVerdicts(
  { client }: Cluster,
  command: 'apply' | 'compare',
  manifests: readonly Manifest[],
): Promise<readonly ArgocdVerdict[]> {
  const program = await binary('argocd-judge');
  const home = await mkdtemp(join(tmpdir(), 'openclaw-gitops-argocd-'));
  try {
    const kubeconfig = join(home, 'kubeconfig');
    await writeKubeconfig(kubeconfig, client.connection);
    const lines = manifests.map(({ object }) => toJsonLine(JSON.parse(JSON.stringify(object))));
    const output = await run(program, [command, kubeconfig], lines.join(''), { ...process.env, HOME: home, TMPDIR: home });
    return output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as ArgocdVerdict);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function run(program: string, flags: readonly string[], input: string, env: NodeJS.ProcessEnv): Promise<string> {
  return await new Promise((resolve, reject) => {
    const child = spawn(program, flags, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.stdin.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString());
      else reject(new Error(`Argo CD's code ends with ${code}: ${Buffer.concat(errors).toString().slice(-2000)}`));
    });
    child.stdin.end(input);
  });
}
