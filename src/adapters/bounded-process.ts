/** Runs another program without a shell, within bounds of time and size. */
import type { ChildProcess } from 'node:child_process';

export interface BoundedProcess {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** What it reads from standard input. */
  readonly input?: Uint8Array;
  readonly timeLimitSeconds: number;
  readonly mostOutputBytes: number;
  /** Asked while it runs and once it has ended; a sentence makes it stop. */
  readonly objection?: () => string | null;
}

export type ProcessEnd =
  /** It ran to its end. `complaint` is the end of its standard error, which says why it failed. */
  | {
      readonly kind: 'ended';
      readonly status: number | null;
      readonly signal: string | null;
      readonly output: Buffer;
      readonly complaint: string;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'stopped'; readonly reason: string };

const MOST_COMPLAINT = 2000;
const OBJECTION_MS = 200;
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export async function runBounded({
  command,
  args,
  env,
  cwd,
  input,
  timeLimitSeconds,
  mostOutputBytes,
  objection,
}: BoundedProcess): Promise<ProcessEnd> {
  // Loaded by who needs it: rendering mostly runs no other program.
  const { spawn } = await import('node:child_process');
  return new Promise((resolve) => {
    // In a session of its own, so that neither it nor what it starts can ask at the terminal, and so that all of it can be ended.
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      env: { ...env },
      ...(cwd === undefined ? {} : { cwd }),
    });
    const output: Buffer[] = [];
    let size = 0;
    let complaint = '';
    let stopped: string | null = null;
    const timer = setTimeout(() => stop(`${command} did not finish within ${timeLimitSeconds} seconds`), timeLimitSeconds * 1000);
    const watch = objection === undefined ? undefined : setInterval(() => object(objection()), OBJECTION_MS);

    function object(reason: string | null): void {
      if (reason !== null) stop(reason);
    }

    function stop(reason: string): void {
      stopped ??= reason;
      killAll(child);
      // What it has started may hold the pipes open for longer.
      child.stdout.destroy();
      child.stderr.destroy();
    }

    function done(end: ProcessEnd): void {
      clearTimeout(timer);
      clearInterval(watch);
      for (const signal of ENDING_SIGNALS) process.off(signal, endWithUs);
      resolve(end);
    }

    /** In its own session it does not get what the terminal sends us. */
    function endWithUs(signal: NodeJS.Signals): void {
      killAll(child);
      for (const other of ENDING_SIGNALS) process.off(other, endWithUs);
      process.kill(process.pid, signal);
    }
    for (const signal of ENDING_SIGNALS) process.on(signal, endWithUs);

    // A program that ends before it has read everything says so by its exit code.
    child.stdin.on('error', () => undefined).end(input ?? '');
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostOutputBytes) stop(`${command} printed more than ${mostOutputBytes} bytes`);
      else output.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-MOST_COMPLAINT);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const isAbsent = error.code === 'ENOENT' || error.code === 'EACCES';
      done(isAbsent ? { kind: 'absent' } : { kind: 'stopped', reason: `${command} cannot be run (${error.code})` });
    });
    child.on('close', (status, signal) => {
      stopped ??= objection?.() ?? null;
      done(
        stopped === null
          ? { kind: 'ended', status, signal, output: Buffer.concat(output), complaint }
          : { kind: 'stopped', reason: stopped },
      );
    });
  });
}

/** The process and everything that it has started. */
function killAll(child: ChildProcess): void {
  try {
    // Windows has no groups.
    if (child.pid === undefined || process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
