/** A program that works beside an API server until it is stopped: its log is kept for whoever asks why it ended, and it is ended by pid. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ApiConnection } from './api-client.ts';
import { writeKubeconfig } from './kubeconfig.ts';

export interface ClientProcess {
  /** Throws with the end of its log once it has ended by itself. */
  readonly assertRuns: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts it with a home of its own, `KUBECONFIG` and the flags that `flagsOf` gives for that file and that directory. */
export async function startClientProcess(
  executable: string,
  connection: ApiConnection,
  flagsOf: (kubeconfig: string, directory: string) => readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<ClientProcess> {
  const name = basename(executable);
  const directory = await mkdtemp(join(tmpdir(), `openclaw-gitops-${name}-`));
  const kubeconfig = join(directory, 'kubeconfig');
  await writeKubeconfig(kubeconfig, connection);
  const logFile = join(directory, 'log');
  const log = openSync(logFile, 'w');
  // The kernel ends it with us, however we end.
  const child = spawn('setpriv', ['--pdeathsig=KILL', '--', executable, ...flagsOf(kubeconfig, directory)], {
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], HOME: directory, TMPDIR: directory, KUBECONFIG: kubeconfig, ...environment },
  });
  closeSync(log);
  return {
    assertRuns: async () => {
      if (child.exitCode === null && child.signalCode === null) return;
      throw new Error(`${name} ended:\n${(await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-8).join('\n')}`);
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await exit;
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}
