/** Finds and reads the input that the command line names. Every problem is a diagnostic; nothing is read that is not checked first. */
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { byCodeUnits } from '../lib/code-unit-order.ts';
import { LOCK_FILE, VENDORED_DIRECTORY } from '../lib/lock-file.ts';
import { LIMITS } from '../parse/limits.ts';
import { problem, wholeFile, type ParseCode } from '../parse/problem.ts';
import type { SourceFile } from '../parse/source.ts';
import { buildKustomization, KUSTOMIZATION_FILES } from './kustomize.ts';
import { holdsYaml } from './local-file.ts';

export interface InputSettings {
  /** Directory that relative arguments start from. */
  readonly cwd: string;
  readonly stdin: () => Promise<Uint8Array>;
  /** The kustomize binary; undefined looks for one on PATH. */
  readonly kustomize?: string | undefined;
  /** A directory that no argument may lead out of, links included; undefined sets no bound. */
  readonly within?: string | undefined;
  /** Files that are read after the arguments, and beside which no lock is looked for. */
  readonly besides?: readonly string[] | undefined;
  /** Whether the lock beside or above an argument is read with it; true unless told. */
  readonly takesNearestLock?: boolean;
}

export interface Inputs {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** In any case of letters: a file that is left out silently would be an agent that disappears. */
const MANIFEST = /\.(ya?ml|json)$/i;

/**
 * Reads files, directories (recursively, `*.yaml`, `*.yml` and `*.json` in code-unit order), kustomizations and `-`. A file named twice is read once.
 * With each file or directory the nearest lock is read, too, and what is vendored beside it: the one in that directory or, up to
 * `cwd`, in one above it.
 */
export async function readInputs(args: readonly string[], settings: InputSettings): Promise<Inputs> {
  const files: SourceFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const read = new Set<string>();
  let totalBytes = 0;
  let manifests = 0;
  for (const argument of args) {
    if (isFull()) break;
    if (argument !== '-') {
      const before = diagnostics.length;
      await readArgument(argument);
      if (diagnostics.length === before && settings.takesNearestLock !== false) readNearestLock(argument);
    } else if (!read.has('-')) {
      read.add('-');
      files.push({ name: '-', bytes: await settings.stdin() });
    }
  }
  for (const file of settings.besides ?? []) await readArgument(file);
  return { files, diagnostics };

  function refuse(code: ParseCode, message: string, name: string, hint?: string): void {
    diagnostics.push(problem(code, message, wholeFile(name), hint));
  }

  /** What changes or is closed to us while we read is the user's to repair, too. */
  function guarded(name: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      refuse('unreadable', `"${name}" cannot be read (${error.code})`, name);
    }
  }

  async function readArgument(argument: string): Promise<void> {
    const name = shownName(argument);
    const path = resolve(settings.cwd, argument);
    let hasKustomization = false;
    guarded(name, () => {
      hasKustomization = readPath(path, name) === 'kustomization';
    });
    if (!hasKustomization) return;
    const built = await buildKustomization(path, `${name} (kustomize build)`, settings.kustomize);
    if ('bytes' in built) files.push(built);
    else diagnostics.push(built);
  }

  function readNearestLock(argument: string): void {
    const path = resolve(settings.cwd, argument);
    guarded(shownName(argument), () => {
      const isDirectory = statSync(path).isDirectory();
      for (let directory = isDirectory ? path : dirname(path); ; directory = dirname(directory)) {
        const lock = join(directory, LOCK_FILE);
        if (lstatSync(lock, { throwIfNoEntry: false }) !== undefined) {
          const shown = (found: string): string => shownName(isAbsolute(argument) ? found : relative(settings.cwd, found));
          const vendored = join(directory, VENDORED_DIRECTORY);
          readPath(lock, shown(lock));
          if (holdsYaml(vendored)) readPath(vendored, shown(vendored));
          return;
        }
        if (directory === settings.cwd || !isInside(settings.cwd, directory)) return;
      }
    });
  }

  function readPath(path: string, name: string): 'kustomization' | 'read' {
    const stats = statsOf(path, name);
    if (stats === null) return 'read';
    if (settings.within !== undefined && !isInside(realpathSync(settings.within), realpathSync(path))) {
      refuse('symlink-outside', `"${name}" leads out of the directory that the input must be in`, name);
    } else if (!stats.isDirectory()) {
      if (isKustomization(path)) refuse('nested-kustomization', `"${name}" is a kustomization, not an object`, name, 'name its directory');
      else readFile(path, name, stats);
    } else if (kustomizationIn(path) !== null) {
      return 'kustomization';
    } else {
      const before = manifests + diagnostics.length;
      readDirectory(path, name, realpathSync(path));
      if (manifests + diagnostics.length === before)
        refuse('no-files', `the directory "${name}" holds no *.yaml, *.yml or *.json file`, name);
    }
    return 'read';
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
    for (const entry of readdirSync(path).toSorted(byCodeUnits)) {
      if (isPassedOver(entry) || isFull()) continue;
      const entryName = name === '.' ? entry : `${name}/${entry}`;
      guarded(entryName, () => readEntry(join(path, entry), entryName, root));
    }
  }

  function readEntry(path: string, name: string, root: string): void {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) {
      readLink(path, name, root);
    } else if (stats.isDirectory()) {
      const kustomization = kustomizationIn(path);
      if (kustomization === null) readDirectory(path, name, root);
      else
        refuse(
          'nested-kustomization',
          `"${name}" has a ${kustomization} but is only part of a directory that is read file by file`,
          `${name}/${kustomization}`,
        );
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
      if (stats.isDirectory() || MANIFEST.test(path))
        refuse('symlink-outside', `the link "${name}" leads out of the directory that was named`, name);
    } else if (!stats.isDirectory() && MANIFEST.test(path)) {
      readFile(target, name, stats);
    }
    // A directory inside is read where it is; following the link could go round for ever.
  }

  function readFile(path: string, name: string, stats: Stats): void {
    manifests += 1;
    const identity = realpathSync(path);
    if (read.has(identity)) return;
    read.add(identity);
    if (!stats.isFile()) refuse('special-file', `"${name}" is no regular file`, name);
    else if (stats.size > LIMITS.fileBytes)
      refuse('size-limit', `the file has ${stats.size} bytes; at most ${LIMITS.fileBytes} are read`, name);
    else {
      totalBytes += stats.size;
      if (totalBytes > LIMITS.inputBytes) refuse('size-limit', `with this file the input has more than ${LIMITS.inputBytes} bytes`, name);
      else files.push({ name, bytes: readFileSync(path) });
    }
  }

  /** The parser says that there are too many files; too many bytes have been refused here. */
  function isFull(): boolean {
    return read.size > LIMITS.files || totalBytes > LIMITS.inputBytes;
  }
}

/** Whether reading the input `argument` would come by the directory `path`, which need not be there yet. */
export function comesBy(argument: string, path: string, cwd: string): boolean {
  const directory = resolve(cwd, argument);
  if (argument === '-' || statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  if (kustomizationIn(directory) !== null) return false;
  const root = realpathSync(directory);
  const target = realTarget(resolve(cwd, path));
  return isInside(root, target) && !relative(root, target).split(sep).some(isPassedOver);
}

/** Where a path leads that may not be there yet. */
function realTarget(path: string): string {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined && dirname(path) !== path
    ? join(realTarget(dirname(path)), basename(path))
    : realpathSync(path);
}

/** Hidden files belong to tools: .git, .argocd-source.yaml, editors. */
function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

function isKustomization(path: string): boolean {
  return KUSTOMIZATION_FILES.some((name) => name === basename(path));
}

/** `/` as separator, no leading `./`, no trailing slash. */
function shownName(argument: string): string {
  const name = argument
    .split(sep)
    .join('/')
    .replace(/^(?:\.\/+)+/, '')
    .replace(/(?<=.)\/+$/, '');
  return name === '' ? '.' : name;
}

function isInside(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function kustomizationIn(directory: string): string | null {
  return KUSTOMIZATION_FILES.find((name) => statSync(join(directory, name), { throwIfNoEntry: false })?.isFile() === true) ?? null;
}
