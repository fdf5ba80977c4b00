import { spawn, spawnSync } from 'node:child_process';

/** Standard output of a program of the machine; throws with what it printed when it fails. */
export function run(program: string, ...args: readonly string[]): string {
  const { error, status, signal, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${signal ?? `exit code ${status}`}\n${stderr}${stdout}`);
  return stdout;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end without blocking; killed after `timeoutMilliseconds`, and its code is then null. */
export function finish(program: string, args: readonly string[], env: NodeJS.ProcessEnv, timeoutMilliseconds: number): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMilliseconds, killSignal: 'SIGKILL' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
