/** One container: its first process in mount and process namespaces of its own, in the pod's network, as the manifest's user. */
import { spawn } from 'node:child_process';
import { closeSync, fchownSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { finish, type Finished } from './command.ts';
import { setprivArguments, type ContainerIdentity } from './container-identity.ts';

export interface ContainerStart {
  readonly name: string;
  readonly root: string;
  readonly network: string;
  readonly identity: ContainerIdentity;
  readonly environment: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
  readonly workingDir: string;
  readonly logFile: string;
  readonly stopSignal: NodeJS.Signals;
}

export interface ContainerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningContainer {
  readonly name: string;
  readonly ended: Promise<ContainerEnd>;
  hasEnded: () => boolean;
  log: () => string;
  /** Runs a program beside the first process, as `kubectl exec` does. */
  exec: (argv: readonly string[], timeoutMilliseconds?: number) => Promise<Finished>;
  /** The image's stop signal, then SIGKILL after the grace period; true when the signal was enough. */
  stop: (graceMilliseconds: number) => Promise<boolean>;
}

/** The soft limit that containerd 2 gives a container; the hard one stays the machine's. */
const OPEN_FILES = '--nofile=1024:';
const NSENTER = '/usr/bin/nsenter';
const UNSHARE = '/usr/bin/unshare';
const PRLIMIT = '/usr/bin/prlimit';
const SETPRIV = '/usr/bin/setpriv';
/** So that a command which runs into its time limit leaves nothing behind in the container. */
const DIES_WITH_NSENTER = '--pdeathsig=KILL';
const TRIES = 400;

export function startContainer(start: ContainerStart): RunningContainer {
  const log = openSync(start.logFile, 'a', 0o600);
  // As runc does, so that /dev/stdout and /dev/stderr can be opened by the container's user.
  fchownSync(log, start.identity.uid, start.identity.gid);
  const setpriv = [SETPRIV, ...setprivArguments(start.identity)];
  const unshare = [
    UNSHARE,
    '--mount',
    '--pid',
    '--fork',
    '--kill-child',
    `--root=${start.root}`,
    `--wd=${start.workingDir}`,
    '--mount-proc=/proc',
  ];
  const argv = [`--net=${start.network}`, ...unshare, PRLIMIT, OPEN_FILES, ...setpriv, ...start.argv];
  const child = spawn(NSENTER, argv, { env: start.environment, stdio: ['ignore', log, log] });
  closeSync(log);
  let end: ContainerEnd | null = null;
  const ended = new Promise<ContainerEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      end = { code, signal };
      resolve(end);
    });
  });
  const hasEnded = (): boolean => end !== null;
  /** The container's process 1, once it has become the manifest's program: before, it is still on its way in. */
  const firstProcess = async (): Promise<number> => {
    for (let attempt = 0; attempt < TRIES && !hasEnded(); attempt += 1) {
      const pid = programOf(child.pid ?? 0);
      if (pid !== null) return pid;
      await sleep(25);
    }
    throw new Error(`container ${start.name} has no process`);
  };
  return {
    name: start.name,
    ended,
    hasEnded,
    log: () => readFileSync(start.logFile, 'utf8'),
    exec: async (argv, timeoutMilliseconds = 60_000) =>
      finish(
        NSENTER,
        [
          `--target=${await firstProcess()}`,
          '--mount',
          '--pid',
          '--net',
          '--root',
          `--wdns=${start.workingDir}`,
          ...setpriv,
          DIES_WITH_NSENTER,
          ...argv,
        ],
        start.environment,
        timeoutMilliseconds,
      ),
    stop: async (graceMilliseconds) => {
      if (hasEnded()) return true;
      const pid = await firstProcess();
      process.kill(pid, start.stopSignal);
      let inTime = true;
      const timer = setTimeout(() => {
        inTime = false;
        process.kill(pid, 'SIGKILL');
      }, graceMilliseconds);
      await ended;
      clearTimeout(timer);
      return inTime;
    },
  };
}

/** The child of an unshare process, null while it is one of the programs that lead to the container's own. */
function programOf(unshare: number): number | null {
  try {
    const pid = Number(readFileSync(`/proc/${unshare}/task/${unshare}/children`, 'utf8').trim().split(' ')[0]);
    if (!pid) return null;
    const name = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '';
    return ['', UNSHARE, PRLIMIT, SETPRIV].includes(name) ? null : pid;
  } catch {
    return null;
  }
}
