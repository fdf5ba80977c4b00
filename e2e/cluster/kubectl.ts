import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary } from '../tools/binary.ts';
import type { ApiConnection } from './api-client.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import type { Manifest } from './manifest.ts';

/** What kubectl printed, line by line. */
export interface KubectlRun {
  readonly status: number;
  readonly lines: readonly string[];
  /** Without what Pod Security warns of in templates; their pods are judged elsewhere. */
  readonly errors: readonly string[];
}

/** Runs the real kubectl on objects, which it reads from one file. */
export type Kubectl = (command: readonly string[], manifests: readonly Manifest[]) => Promise<KubectlRun>;

/** Gives the check a kubectl of the API server's version that has a home of its own. */
export async function withKubectl<Result>(connection: ApiConnection, check: (kubectl: Kubectl) => Promise<Result>): Promise<Result> {
  const program = await binary('kubectl');
  const home = await mkdtemp(join(tmpdir(), 'openclaw-gitops-kubectl-'));
  let files = 0;
  try {
    const kubeconfig = join(home, 'kubeconfig');
    await writeKubeconfig(kubeconfig, connection);
    return await check(async (command, manifests) => {
      files += 1;
      const file = join(home, `${files}.yaml`);
      await writeFile(file, manifests.map(({ text }) => `---\n${text}\n`).join(''));
      return await run(program, [...command, '--filename', file], { ...process.env, HOME: home, KUBECONFIG: kubeconfig, TMPDIR: home });
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function run(program: string, flags: readonly string[], env: NodeJS.ProcessEnv): Promise<KubectlRun> {
  return await new Promise((resolve, reject) => {
    const child = spawn(program, flags, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({
        status: code ?? -1,
        lines: linesOf(out),
        errors: linesOf(errors).filter((line) => !line.startsWith('Warning: would violate PodSecurity')),
      });
    });
  });
}

function linesOf(chunks: readonly Buffer[]): readonly string[] {
  const text = Buffer.concat(chunks).toString();
  return text.split('\n').filter((line) => line !== '');
}
