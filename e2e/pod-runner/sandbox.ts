/**
 * Everything that a run makes - mounts, networks, processes, files under /run - lives in namespaces of its own, so that the kernel
 * takes it all back when the run ends, however it ends. Nothing has to be cleaned by hand, and nothing of the machine can be hit.
 */
import { spawn } from 'node:child_process';
import { run } from './command.ts';

/** Where a run keeps its files: memory that only its own mount namespace sees. */
export const SANDBOX_DIRECTORY = '/run/pods';

/** Runs a Node program in new mount, process and network namespaces and gives its exit code; must be root. */
export function runInSandbox(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  if (process.getuid?.() !== 0) throw new Error('the pod runner makes namespaces and mounts: run it as root');
  const child = spawn(
    '/usr/bin/unshare',
    ['--mount', '--propagation', 'private', '--net', '--pid', '--fork', '--kill-child', '--mount-proc', process.execPath, program, ...args],
    { env, stdio: 'inherit' },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill('SIGKILL'));
  process.on('exit', () => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 130));
  });
}

/** The first thing inside: an empty /run and a loopback device. */
export function enterSandbox(): void {
  if (process.pid !== 1) throw new Error('not in a sandbox: the mounts would be the machine’s own');
  run('mount', '-t', 'tmpfs', '-o', 'mode=0755', 'pods', '/run');
  run('mkdir', '-p', SANDBOX_DIRECTORY, '/run/netns');
  run('ip', 'link', 'set', 'lo', 'up');
}
