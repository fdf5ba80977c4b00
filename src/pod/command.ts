/** Runs other programs for ours: bounded in time, quiet, and with what they print fit for a log. */
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

export interface Finished {
  /** Null when the program did not end by itself: it was stopped or could not be started. */
  readonly code: number | null;
  readonly stdout: string;
  /** What to tell about a failure: lines of output, redacted, or why there is none. */
  readonly trouble: string;
}

export interface Run {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly timeoutSeconds: number;
}

/** Signature of `runCommand`, for tests that need other answers. */
export type RunCommand = (run: Run) => Promise<Finished>;

const KEPT_CHARACTERS = 4_000_000;
const FIRST_LINES = 5;
const LAST_LINES = 10;

export const runCommand: RunCommand = ({ argv, env, cwd, timeoutSeconds }) =>
  new Promise((resolve) => {
    const [program = '', ...args] = argv;
    // A group of its own, so that stopping it stops what it started.
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    };
    // Also when this program is told to stop.
    process.once('exit', stop);
    let stdout = '';
    let all = '';
    child.stdout.on('data', (text: Buffer) => {
      stdout = (stdout + text.toString()).slice(-KEPT_CHARACTERS);
      all = (all + text.toString()).slice(-KEPT_CHARACTERS);
    });
    child.stderr.on('data', (text: Buffer) => (all = (all + text.toString()).slice(-KEPT_CHARACTERS)));
    let problem: string | null = null;
    const timer = setTimeout(() => {
      problem = `stopped after ${timeoutSeconds} s`;
      stop();
    }, timeoutSeconds * 1000);
    child.on('error', (error: NodeJS.ErrnoException) => (problem = `cannot run ${program} (${error.code ?? 'unknown error'})`));
    child.on('close', (code) => {
      clearTimeout(timer);
      process.removeListener('exit', stop);
      const told = redacted(all, env)
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      const lines = [...(problem === null ? [] : [problem]), ...shortened(told)];
      resolve({ code: problem === null ? code : null, stdout, trouble: lines.join('\n') });
    });
  });

/** Errors stand at the end, and those with a stack at the beginning. */
function shortened(lines: readonly string[]): readonly string[] {
  return lines.length <= FIRST_LINES + LAST_LINES ? lines : [...lines.slice(0, FIRST_LINES), '[...]', ...lines.slice(-LAST_LINES)];
}

/** Shorter values are words such as `true` and would blacken everything. */
const SHORTEST_SECRET = 8;
/** Values that our own manifests set, and addresses that a message is not clear without. */
const PLAIN_VARIABLE =
  /^(HOME|PATH|PWD|TMPDIR|HOSTNAME|NODE_.*|XDG_.*|KUBERNETES_.*|OPENCLAW_(STATE_DIR|CONFIG_PATH)|NPM_CONFIG_(PREFIX|CACHE|REGISTRY|IGNORE_SCRIPTS)|COREPACK_.*|(OPENCLAW_)?CLAWHUB_URL|.*_PROXY)$/i;

/** `text` in printable characters, without credentials in addresses and without any value of the environment that could be one. */
export function redacted(text: string, env: NodeJS.ProcessEnv): string {
  let safe = text.replaceAll(/(:\/\/)[^/\s@]*@/g, '$1***@');
  const values = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || value.length < SHORTEST_SECRET || PLAIN_VARIABLE.test(name) ? [] : [value],
  );
  // The longest first: one may be a part of another.
  for (const value of values.sort((left, right) => right.length - left.length)) safe = safe.replaceAll(value, '***');
  return stripVTControlCharacters(safe).replaceAll(/[^\n\x20-\x7e]/g, ' ');
}
