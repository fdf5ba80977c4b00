/** Builds a directory with a kustomization, with `kustomize` or, where that is missing, with `kubectl kustomize`. */
import { spawn } from 'node:child_process';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { LIMITS } from '../parse/limits.ts';
import { problem, wholeFile } from '../parse/problem.ts';
import type { SourceFile } from '../parse/source.ts';

/** The names that kustomize looks for. */
export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

const TIME_LIMIT_MS = 60_000;
/** Of what kustomize complains about, the end says why. */
const MOST_COMPLAINT = 2000;

type Run = { readonly kind: 'built'; readonly bytes: Uint8Array } | { readonly kind: 'absent' } | { readonly kind: 'failed'; readonly reason: string };

/** What kustomize prints for the directory, named `name` in messages, or what is wrong. */
export async function buildKustomization(directory: string, name: string, binary: string | undefined): Promise<SourceFile | Diagnostic> {
  const candidates: readonly (readonly [command: string, ...args: string[]])[] =
    binary === undefined
      ? [
          ['kustomize', 'build', directory],
          ['kubectl', 'kustomize', directory],
        ]
      : [[binary, 'build', directory]];
  for (const [command, ...args] of candidates) {
    const run = await runBounded(command, args);
    if (run.kind === 'built') return { name, bytes: run.bytes };
    if (run.kind === 'failed') return problem('kustomize', run.reason, wholeFile(name));
  }
  const looked = candidates.map(([command]) => `"${command}"`).join(' or ');
  return problem('kustomize-missing', `the directory has a kustomization, and ${looked} is not there to build it`, wholeFile(name));
}

function runBounded(command: string, args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    // No shell: a directory's name is never a command.
    const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'pipe'], timeout: TIME_LIMIT_MS, killSignal: 'SIGKILL' });
    const output: Buffer[] = [];
    let size = 0;
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LIMITS.fileBytes) child.kill('SIGKILL');
      else output.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-MOST_COMPLAINT);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ENOENT' || error.code === 'EACCES' ? { kind: 'absent' } : { kind: 'failed', reason: `${command} cannot be run (${error.code})` });
    });
    child.on('close', (status, signal) => {
      if (size > LIMITS.fileBytes) resolve({ kind: 'failed', reason: `${command} printed more than ${LIMITS.fileBytes} bytes` });
      else if (status === 0) resolve({ kind: 'built', bytes: Buffer.concat(output) });
      else if (signal !== null) resolve({ kind: 'failed', reason: `${command} did not finish within ${TIME_LIMIT_MS / 1000} seconds` });
      else resolve({ kind: 'failed', reason: `${command} failed with exit code ${status}: ${complaint.trim()}` });
    });
  });
}
