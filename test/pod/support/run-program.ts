import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buildPodPrograms } from '../../../scripts/build-pod-programs.ts';
import { AS_POD_USER } from './pod-user.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Writes the bundled programs, as the ConfigMap would hold them, into `directory`. */
export async function writePrograms(directory: string): Promise<void> {
  for (const [name, text] of Object.entries(await buildPodPrograms())) await writeFile(join(directory, name), text);
}

interface RunOptions {
  readonly env?: { readonly [name: string]: string };
  /** Gets the process as soon as it exists, to end it early. */
  readonly onStart?: (child: ChildProcessByStdio<null, Readable, Readable>) => void;
}

/** Runs a bundled program as the pod's user. */
export async function runProgram(args: readonly string[], { env = {}, onStart }: RunOptions = {}): Promise<Ended> {
  return await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { ...AS_POD_USER, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    onStart?.(child);
  });
}
