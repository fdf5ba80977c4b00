/** Starts kube-controller-manager with the controllers that decide what stays when something is deleted, and ends it by pid. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binary } from '../tools/binary.ts';
import type { ApiConnection } from './api-client.ts';
import { writeKubeconfig } from './kubeconfig.ts';

export interface Controllers {
  /** Throws with the end of its log once it has ended by itself. */
  readonly assertRuns: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const CONTROLLERS = ['garbage-collector-controller', 'statefulset-controller', 'persistentvolumeclaim-protection-controller'];

/** With those that `more` names by their own names. */
export async function startControllers(connection: ApiConnection, more: readonly string[] = []): Promise<Controllers> {
  const executable = await binary('kube-controller-manager');
  const directory = await mkdtemp(join(tmpdir(), 'openclaw-gitops-controllers-'));
  const kubeconfig = join(directory, 'kubeconfig');
  await writeKubeconfig(kubeconfig, connection);
  const logFile = join(directory, 'log');
  const log = openSync(logFile, 'w');
  const flags = [
    `--kubeconfig=${kubeconfig}`,
    `--controllers=${[...CONTROLLERS, ...more].join(',')}`,
    '--leader-elect=false',
    // No port: nobody asks it anything.
    '--secure-port=0',
    `--cert-dir=${directory}`,
  ];
  // The kernel ends it with us, however we end.
  const child = spawn('setpriv', ['--pdeathsig=KILL', '--', executable, ...flags], { stdio: ['ignore', log, log] });
  closeSync(log);
  return {
    assertRuns: async () => {
      if (child.exitCode === null && child.signalCode === null) return;
      throw new Error(`kube-controller-manager ended:\n${(await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-8).join('\n')}`);
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
