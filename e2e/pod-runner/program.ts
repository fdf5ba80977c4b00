/** Programs of the machine that run beside containers: what a pod meets, not what it is made of. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Program {
  /** For its log and for messages. */
  readonly name: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** TCP port; once it listens, the program is ready. */
  readonly port?: number;
}

export interface RunningProgram {
  readonly name: string;
  readonly stop: () => void;
}

const TRIES = 600;
const PAUSE_MILLISECONDS = 50;
/** State of a listening socket in /proc/net/tcp. */
const LISTEN = '0A';

/** Starts a program, in the pod's network or, without one, in the runner's; returns when it is ready. */
export async function startProgram(program: Program, network: string | null, logFile: string): Promise<RunningProgram> {
  const { name, port } = program;
  const [command = '', ...args] = network === null ? program.argv : ['/usr/bin/nsenter', `--net=${network}`, ...program.argv];
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(command, args, { env: { ...process.env, ...program.env }, stdio: ['ignore', log, log] });
  closeSync(log);
  let failure: string | null = null;
  const hasFailed = (): boolean => failure !== null;
  child.on('error', (error) => (failure = error.message));
  child.on('exit', (code, signal) => (failure ??= signal ?? `exit code ${code}`));
  const running = { name, stop: () => child.kill('SIGKILL') };
  if (port === undefined) return running;
  for (let attempt = 0; attempt < TRIES && !hasFailed(); attempt += 1) {
    if (listens(child.pid ?? 0, port)) return running;
    await sleep(PAUSE_MILLISECONDS);
  }
  running.stop();
  throw new Error(`${name} does not listen on port ${port}: ${failure ?? 'it just runs'}\n${readFileSync(logFile, 'utf8')}`);
}

/** True when something listens on the port in the network of that process. */
function listens(pid: number, port: number): boolean {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['tcp', 'tcp6'].some((table) => {
    try {
      const sockets = readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n').slice(1);
      return sockets.some((line) => {
        const [, local = '', , state] = line.trim().split(/\s+/);
        return state === LISTEN && local.endsWith(suffix);
      });
    } catch {
      return false;
    }
  });
}
