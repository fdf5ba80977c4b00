/** Flux's own code, as its controllers call it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { JsonObject } from '../../src/lib/json.ts';
import { binary } from './binary.ts';

const run = promisify(execFile);
const MOST_OUTPUT_BYTES = 1 << 30;

/** What kustomize-controller applies of a directory, or why it applies nothing. */
export type FluxBuild = { readonly objects: readonly JsonObject[] } | { readonly error: string };

/** One answer for each directory: its build, with variables substituted strictly. */
export async function fluxBuild(directories: readonly string[]): Promise<FluxBuild[]> {
  const { stdout } = await run(await binary('flux'), ['build', ...directories], { maxBuffer: MOST_OUTPUT_BYTES });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as FluxBuild);
}

/** The files of a repository that are in the artifact of a GitRepository with this `ignore`. */
export async function fluxKeeps(directory: string, ignore: string): Promise<readonly string[]> {
  const program = run(await binary('flux'), ['keep', directory]);
  program.child.stdin?.end(ignore);
  return JSON.parse((await program).stdout) as readonly string[];
}

/** Unpacks the artifact into `directory` as source-controller's client does; what it tells of it comes back. */
export async function fluxPull(address: string, directory: string): Promise<Readonly<Record<string, unknown>>> {
  const { stdout } = await run(await binary('flux'), ['pull', address, directory]);
  return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
}
