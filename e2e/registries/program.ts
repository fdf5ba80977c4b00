/** The built program and crane, as users run them: in processes of their own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { binary } from '../tools/binary.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const PROGRAM = join(import.meta.dirname, '../../dist/openclaw-gitops.cjs');

export function openclawGitops(directory: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const ours = { PATH: process.env['PATH'] ?? '', HOME: directory, ...env };
  return run(process.execPath, [PROGRAM, ...args], directory, ours);
}

/** Google's own client: its word against ours. */
export async function crane(directory: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { code, out, err } = await run(await binary('crane'), args, directory, { HOME: directory, ...env });
  if (code !== 0) throw new Error(`crane ${args.join(' ')}: exit code ${code}\n${err}`);
  return out.trim();
}

function run(program: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env, maxBuffer: 1 << 26 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err });
    });
  });
}
