import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiConnection } from './api-client.ts';
import { writeKubeconfig } from './kubeconfig.ts';

/** Runs a program with a kubeconfig and a home of its own, gives it these lines and takes its lines, each of JSON; throws when it fails. */
export async function linesOfProgram(
  program: string,
  connection: ApiConnection,
  flags: (kubeconfig: string) => readonly string[],
  lines: readonly string[],
): Promise<readonly unknown[]> {
  const home = await mkdtemp(join(tmpdir(), 'openclaw-gitops-program-'));
  try {
    const kubeconfig = join(home, 'kubeconfig');
    await writeKubeconfig(kubeconfig, connection);
    const output = await run(program, flags(kubeconfig), lines.join(''), { ...process.env, HOME: home, TMPDIR: home });
    return output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
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
      else reject(new Error(`${program} ends with ${code}: ${Buffer.concat(errors).toString().slice(-2000)}`));
    });
    child.stdin.end(input);
  });
}
