/** Builds a directory with a kustomization, with `kustomize` or, where that is missing, with `kubectl kustomize`. */
import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { LIMITS } from '../parse/limits.ts';
import { problem, wholeFile } from '../parse/problem.ts';
import type { SourceFile } from '../parse/source.ts';

/** The names that kustomize looks for. */
export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** Remote bases may take their time, but an Argo CD plugin has 90 seconds for everything. */
const TIME_LIMIT_SECONDS = 60;
/** Of what kustomize complains about, the end says why. */
const MOST_COMPLAINT = 2000;

type Run =
  | { readonly kind: 'built'; readonly bytes: Uint8Array }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reason: string };

/** What kustomize prints for the directory, named `name` in messages, or what is wrong. */
export async function buildKustomization(
  directory: string,
  name: string,
  binary: string | undefined,
  timeLimitSeconds = TIME_LIMIT_SECONDS,
): Promise<SourceFile | Diagnostic> {
  const candidates = binary === undefined ? ['kustomize', 'kubectl'] : [binary];
  for (const command of candidates) {
    const subcommand = basename(command).startsWith('kubectl') ? 'kustomize' : 'build';
    const run = await runBounded(command, [subcommand, directory], timeLimitSeconds);
    if (run.kind === 'built') return { name, bytes: run.bytes };
    if (run.kind === 'failed') return problem('kustomize', presentable(run.reason, directory), wholeFile(name));
  }
  const looked = candidates.map((command) => `"${command}"`).join(' or ');
  return problem('kustomize-missing', `the directory has a kustomization, and ${looked} is not there to build it`, wholeFile(name));
}

/** One line without the place of the checkout, the time, and the literals of a secretGenerator that kustomize could not split. */
function presentable(reason: string, directory: string): string {
  return reason
    .replaceAll(`${directory}/`, '')
    .replaceAll(directory, '.')
    .replace(/[A-Z]\d{4} [\d:.]+ +\d+ \S+\] "command failed" err=/, '')
    .replace(/(literal sources \[).*(\]: )/s, '$1…$2')
    .replace(/(literal source ).*(, expected key=value)/s, '$1…$2')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function runBounded(command: string, args: readonly string[], timeLimitSeconds: number): Promise<Run> {
  return new Promise((resolve) => {
    // No shell: a directory's name is never a command. Git must not wait for a password that nobody can type.
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });
    const output: Buffer[] = [];
    let size = 0;
    let complaint = '';
    let stopped: string | null = null;
    const timer = setTimeout(() => stop(`${command} did not finish within ${timeLimitSeconds} seconds`), timeLimitSeconds * 1000);

    function stop(reason: string): void {
      stopped ??= reason;
      child.kill('SIGKILL');
      // What it has started may hold the pipes open for longer.
      child.stdout.destroy();
      child.stderr.destroy();
    }

    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LIMITS.fileBytes) stop(`${command} printed more than ${LIMITS.fileBytes} bytes`);
      else output.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-MOST_COMPLAINT);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const isAbsent = error.code === 'ENOENT' || error.code === 'EACCES';
      resolve(isAbsent ? { kind: 'absent' } : { kind: 'failed', reason: `${command} cannot be run (${error.code})` });
    });
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      if (stopped !== null) resolve({ kind: 'failed', reason: stopped });
      else if (status === 0) resolve({ kind: 'built', bytes: Buffer.concat(output) });
      else resolve({ kind: 'failed', reason: `${command} failed with ${signal ?? `exit code ${status}`}: ${complaint}` });
    });
  });
}
