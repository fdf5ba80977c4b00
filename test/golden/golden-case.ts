/** Golden cases as they lie on disk: `golden/<case>/input/` with optional flags, one a line, in `args.txt`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInputs } from '../../src/adapters/files.ts';
import { parseFlags } from '../../src/commands/command.ts';
import { INPUT_FLAGS, renderOptions } from '../../src/commands/input-flags.ts';
import type { SourceFile } from '../../src/parse/source.ts';
import type { RenderOptions } from '../../src/render.ts';

export const GOLDEN = join(import.meta.dirname, '../../golden');
/** The case that every other one is compared with. */
export const MINIMAL = 'minimal';
/** One case a rule, named for its id; they are about messages, so no manifests are kept. */
export const RULES = 'rules';
/** Cases that need a kustomize binary: the cluster stage runs them. */
export const KUSTOMIZE = 'kustomize';

export interface GoldenCase {
  /** Path below `golden/`. */
  readonly name: string;
  readonly directory: string;
  readonly args: readonly string[];
  readonly keepsManifests: boolean;
}

export interface CaseInput {
  readonly files: readonly SourceFile[];
  readonly options: RenderOptions;
}

export function goldenCase(name: string): GoldenCase {
  const directory = join(GOLDEN, name);
  const argsFile = join(directory, 'args.txt');
  const args = existsSync(argsFile)
    ? readFileSync(argsFile, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
  return { name, directory, args, keepsManifests: !name.startsWith(`${RULES}/`) };
}

/** Folders below `folder` that hold an input, at any depth: `rules/parse/alias` is a case, `rules/parse` is not. */
function casesIn(folder: string): string[] {
  const entries = readdirSync(join(GOLDEN, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (entries.some(({ name }) => name === 'input')) return [folder];
  return entries.flatMap(({ name }) => casesIn(folder === '' ? name : `${folder}/${name}`));
}

/** Every case that runs anywhere, in code-unit order. */
export function goldenCases(): GoldenCase[] {
  return casesIn('')
    .filter((name) => !name.startsWith(`${KUSTOMIZE}/`))
    .sort()
    .map(goldenCase);
}

export function kustomizeCases(): GoldenCase[] {
  return casesIn(KUSTOMIZE).sort().map(goldenCase);
}

/** What the command line would hand to the renderer; file names are relative to the case. */
export async function caseInput({ directory, args, name }: GoldenCase): Promise<CaseInput> {
  const flags = parseFlags(INPUT_FLAGS, args);
  const noStdin = (): Promise<Uint8Array> => Promise.reject(new Error('a golden case has no standard input'));
  const { files, diagnostics } = await readInputs(['input'], { cwd: directory, stdin: noStdin, kustomize: flags.text('kustomize') });
  if (diagnostics.length > 0)
    throw new Error(`golden/${name}/input cannot be read: ${diagnostics.map(({ message }) => message).join('; ')}`);
  return { files, options: renderOptions(flags) };
}
