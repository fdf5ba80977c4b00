/** What a process in another environment makes of every golden case. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { JsonObject } from '../../src/lib/json.ts';

/** Proof that the environment is really another one, and a digest of manifests and diagnostics by case. */
export interface EnvironmentReport {
  readonly locale: string;
  readonly timeZone: string;
  readonly directory: string;
  readonly digests: Readonly<Record<string, string>>;
}

export interface Environment {
  /** Module with `render`, relative to the checkout. */
  readonly renderer: string;
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
}

export function digestOf(diagnostics: readonly Diagnostic[], objects: readonly JsonObject[]): string {
  return createHash('sha256')
    .update(JSON.stringify([diagnostics, objects]))
    .digest('hex');
}

export function environmentReport({ renderer, directory, variables }: Environment): EnvironmentReport {
  const program = join(import.meta.dirname, 'environment-child.ts');
  const run = spawnSync(process.execPath, [program, join(import.meta.dirname, '../..', renderer)], {
    cwd: directory,
    env: { PATH: process.env['PATH'], ...variables },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) throw new Error(`the process ended with ${run.status ?? run.signal}: ${run.stderr}`);
  return JSON.parse(run.stdout) as EnvironmentReport;
}
