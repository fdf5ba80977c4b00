/** Finds and reads the input that the command line names. Every problem is a diagnostic; nothing is read that is not checked first. */
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { byCodeUnits } from '../lib/code-unit-order.ts';
import { LIMITS } from '../parse/limits.ts';
import { problem, wholeFile, type ParseCode } from '../parse/problem.ts';
import type { SourceFile } from '../parse/source.ts';
import { buildKustomization, KUSTOMIZATION_FILES } from './kustomize.ts';

export interface InputSettings {
  /** Directory that relative arguments start from. */
  readonly cwd: string;
  readonly stdin: () => Promise<Uint8Array>;
  /** The kustomize binary; undefined looks for one on PATH. */
  readonly kustomize?: string | undefined;
  /** A directory that no argument may lead out of, links included; undefined sets no bound. */
  readonly within?: string | undefined;
}

export interface Inputs {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

const MANIFEST = /\.(ya?ml|json)$/;

/** Reads files, directories (recursively, `*.yaml`, `*.yml` and `*.json` in code-unit order), kustomizations and `-`. A file named twice is read once. */
export async function readInputs(args: readonly string[], settings: InputSettings): Promise<Inputs> {
  const files: SourceFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const read = new Set<string>();
  for (const argument of args) {
    if (argument !== '-') await readArgument(argument);
    else if (!read.has('-')) {
      read.add('-');
      files.push({ name: '-', bytes: await settings.stdin() });
    }
  }
  return { files, diagnostics };

  function refuse(code: ParseCode, message: string, name: string): void {
    diagnostics.push(problem(code, message, wholeFile(name)));
  }

  async function readArgument(argument: string): Promise<void> {
    const name = shownName(argument);
    const path = resolve(settings.cwd, argument);
    const stats = statsOf(path, name);
    if (stats === null) return;
    if (settings.within !== undefined && !isInside(realpathSync(settings.within), realpathSync(path))) {
      refuse('symlink-outside', `"${name}" leads out of the directory that the input must be in`, name);
    } else if (!stats.isDirectory()) {
      readFile(path, name, stats);
    } else if (kustomizationIn(path) !== null) {
      const built = await buildKustomization(path, `${name} (kustomize build)`, settings.kustomize);
      if ('bytes' in built) files.push(built);
      else diagnostics.push(built);
    } else {
      const before = files.length + diagnostics.length;
      readDirectory(path, name, realpathSync(path));
      if (files.length + diagnostics.length === before) refuse('no-files', `the directory "${name}" holds no *.yaml, *.yml or *.json file`, name);
    }
  }

  function statsOf(path: string, name: string): Stats | null {
    try {
      return statSync(path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') refuse('not-found', `"${name}" does not exist; expected a file, a directory or -`, name);
      else refuse('unreadable', `"${name}" cannot be read (${code})`, name);
      return null;
    }
  }

  function readDirectory(path: string, name: string, root: string): void {
    let entries: string[];
    try {
      entries = readdirSync(path).toSorted(byCodeUnits);
    } catch (error) {
      refuse('unreadable', `the directory "${name}" cannot be read (${(error as NodeJS.ErrnoException).code})`, name);
      return;
    }
    for (const entry of entries) {
      // Hidden files belong to tools: .git, .argocd-source.yaml, editors.
      if (entry.startsWith('.') || entry === 'node_modules' || read.size > LIMITS.files) continue;
      readEntry(join(path, entry), name === '.' ? entry : `${name}/${entry}`, root);
    }
  }

  function readEntry(path: string, name: string, root: string): void {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) {
      readLink(path, name, root);
    } else if (stats.isDirectory()) {
      const kustomization = kustomizationIn(path);
      if (kustomization === null) readDirectory(path, name, root);
      else refuse('nested-kustomization', `"${name}" has a ${kustomization} but is only part of a directory that is read file by file`, `${name}/${kustomization}`);
    } else if (MANIFEST.test(path)) {
      readFile(path, name, stats);
    }
  }

  /** A link inside the directory is followed to a file; its target may be another team's when it leads out. */
  function readLink(path: string, name: string, root: string): void {
    let target: string;
    try {
      target = realpathSync(path);
    } catch {
      if (MANIFEST.test(path)) refuse('not-found', `the link "${name}" leads to nothing`, name);
      return;
    }
    const stats = statSync(target);
    if (!isInside(root, target)) {
      if (stats.isDirectory() || MANIFEST.test(path)) refuse('symlink-outside', `the link "${name}" leads out of the directory that was named`, name);
    } else if (!stats.isDirectory() && MANIFEST.test(path)) {
      readFile(target, name, stats);
    }
    // A directory inside is read where it is; following the link could go round for ever.
  }

  function readFile(path: string, name: string, stats: Stats): void {
    const identity = realpathSync(path);
    if (read.has(identity)) return;
    read.add(identity);
    if (!stats.isFile()) refuse('special-file', `"${name}" is no regular file`, name);
    else if (stats.size > LIMITS.fileBytes) refuse('size-limit', `the file has ${stats.size} bytes; at most ${LIMITS.fileBytes} are read`, name);
    else {
      try {
        files.push({ name, bytes: readFileSync(path) });
      } catch (error) {
        refuse('unreadable', `"${name}" cannot be read (${(error as NodeJS.ErrnoException).code})`, name);
      }
    }
  }
}

/** `/` as separator, no leading `./`, no trailing slash. */
function shownName(argument: string): string {
  const name = argument.split(sep).join('/').replace(/^(?:\.\/+)+/, '').replace(/(?<=.)\/+$/, '');
  return name === '' ? '.' : name;
}

function isInside(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function kustomizationIn(directory: string): string | null {
  return KUSTOMIZATION_FILES.find((name) => statSync(join(directory, name), { throwIfNoEntry: false })?.isFile() === true) ?? null;
}
