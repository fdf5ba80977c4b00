/** What a program of Go is made of, as Go itself wrote into it. */
import { execFileSync } from 'node:child_process';

export interface GoModule {
  readonly name: string;
  readonly version: string;
  /** The one with the program itself. */
  readonly isMain: boolean;
}

export interface GoProgram {
  /** Version of Go, without a prefix. */
  readonly go: string;
  readonly modules: readonly GoModule[];
}

export function goProgram(path: string): GoProgram {
  const lines = execFileSync('go', ['version', '-m', path], { encoding: 'utf8' }).split('\n');
  const go = /: (?:go)?(\d\S*)$/.exec(lines[0] ?? '')?.[1] ?? '';
  const modules = lines.flatMap((line) => {
    const [, kind, name = '', version = ''] = line.split('\t');
    if (kind === '=>') throw new Error(`${path} has ${name} in place of another module`);
    return kind === 'mod' || kind === 'dep' ? [{ name, version, isMain: kind === 'mod' }] : [];
  });
  if (go === '' || modules.length < 2) throw new Error(`${path} does not say what it is made of`);
  return { go, modules };
}

/** Where the sources of each module are, in the order given; `folder` has the go.mod that chose their versions, and the go.sum with their hashes. */
export function sourcesOf(modules: readonly GoModule[], folder: string): string[] {
  const names = modules.map(({ name }) => name);
  const text = execFileSync('go', ['mod', 'download', '-json', ...names], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 24 });
  const found = text.split(/(?<=^\})$/m).filter((part) => part.trim() !== '');
  const downloaded = found.map((part) => JSON.parse(part) as { readonly Path: string; readonly Version: string; readonly Dir: string });
  return modules.map(({ name, version }) => {
    const directory = downloaded.find(({ Path, Version }) => Path === name && Version === version)?.Dir;
    if (directory === undefined) throw new Error(`${folder} does not choose ${name}@${version}, which the program has`);
    return directory;
  });
}
