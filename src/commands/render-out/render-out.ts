/** `render --out`: writes what is rendered into a directory of its own, or says how that directory differs. */
import { outputDirectory, type OutputDirectory } from '../../adapters/output-directory.ts';
import type { Diagnostic, Location } from '../../diagnostics/diagnostic.ts';
import { watchedForBrokenText } from '../../output/kustomize-text.ts';
import { directoryFiles, KUSTOMIZATION_FILE, type ManifestGroup } from '../../output/directory.ts';
import { headerOf, listedFiles } from '../../output/rendered-directory.ts';
import { wholeFile } from '../../parse/problem.ts';
import { differences } from './difference.ts';
import { impossible } from './impossible.ts';
import { outProblem } from './problem.ts';

export interface OutRequest {
  /** Absolute. */
  readonly path: string;
  /** The directory as the user named it. */
  readonly shownPath: string;
  /** Whether nothing is written. */
  readonly isCheck: boolean;
  /** The command line that brings the directory up to date. */
  readonly command: string;
}

export interface OutReport {
  /** Why nothing is written, or that the directory is stale; empty when all is well. */
  readonly problems: readonly Diagnostic[];
  /** What was done, or the difference. */
  readonly text: string;
}

/** Writes all files or none; a fault of the system while they are moved into place is mended by the next run. */
export function renderOut(groups: Iterable<ManifestGroup>, request: OutRequest): OutReport {
  const shown = request.shownPath.replace(/(?<=.)\/+$/, '');
  try {
    const directory = outputDirectory(request.path, headerOf);
    const foreign = foreignness(directory, shown);
    if (foreign !== null) return { problems: [foreign], text: '' };
    return request.isCheck ? checked(groups, directory, shown, request.command) : written(groups, directory, shown);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    return { problems: [outProblem('unwritable', `"${shown}" cannot be read or written (${code})`, wholeFile(shown))], text: '' };
  }
}

/** Why the directory is not ours to write; null when it is new, empty, or was written by us and nobody else since. */
function foreignness(directory: OutputDirectory, shown: string): Diagnostic | null {
  const names = directory.names();
  if (names === null) return outProblem('foreign-directory', `"${shown}" is no directory`, wholeFile(shown));
  if (names.length === 0) return null;
  const kustomization = directory.present(KUSTOMIZATION_FILE);
  const at = wholeFile(`${shown}/${KUSTOMIZATION_FILE}`);
  if (kustomization.kind === 'no-file') return notAFile(kustomization.path, shown);
  if (kustomization.kind !== 'ours') {
    const example = directory.firstOfOthers();
    // The kustomization comes last: a first run that was killed has left files of ours and none.
    if (example === null) return null;
    const message = `"${shown}" holds "${example}" and no ${KUSTOMIZATION_FILE} of "render --out"; expected a directory of its own`;
    return outProblem('foreign-directory', message, wholeFile(shown));
  }
  const listed = listedFiles(kustomization.text);
  if ('strangeLine' in listed) {
    const message = `"${at.file}" has a line that "render --out" did not write, and would lose it`;
    return outProblem('changed', message, { ...at, line: listed.strangeLine });
  }
  const stranger = listed.files.find((path) => directory.present(path).kind === 'foreign');
  return stranger === undefined ? null : foreignFile(stranger, shown);
}

function notAFile(path: string, shown: string): Diagnostic {
  const message = `"${shown}/${path}" is a link or no ordinary file; expected what "render --out" writes`;
  return outProblem('link', message, wholeFile(`${shown}/${path}`));
}

function foreignFile(path: string, shown: string): Diagnostic {
  const message = `"${shown}/${path}" does not begin as "render --out" writes it, and would be lost`;
  return outProblem('foreign-file', message, wholeFile(`${shown}/${path}`));
}

export interface Comparison {
  readonly path: string;
  readonly oldText: string | null;
  readonly newText: string;
}

/** Every file as it is and as it is rendered, the kustomization last: at each moment it lists files that are there. */
function* compared(groups: Iterable<ManifestGroup>, directory: OutputDirectory, shown: string): Generator<Comparison | Diagnostic> {
  const broken: string[] = [];
  for (const { instance, path, text } of directoryFiles(watchedForBrokenText(groups, (message) => broken.push(message)))) {
    for (const message of broken.splice(0)) yield outProblem('kustomize-text', message, wholeFile(`${shown}/${path}`));
    const present = directory.present(path);
    if (present.kind === 'foreign') yield foreignFile(path, shown);
    else if (present.kind === 'no-file') yield notAFile(present.path, shown);
    else {
      const item = { path, oldText: present.kind === 'ours' ? present.text : null, newText: headerOf(path) + text };
      yield* impossible(item, instance, shown);
      yield item;
    }
  }
}

function written(groups: Iterable<ManifestGroup>, directory: OutputDirectory, shown: string): OutReport {
  const problems: Diagnostic[] = [];
  const kept = new Set<string>();
  let changed = 0;
  try {
    for (const item of compared(groups, directory, shown)) {
      if ('rule' in item) {
        problems.push(item);
        continue;
      }
      kept.add(item.path);
      if (item.oldText === item.newText) continue;
      changed += 1;
      if (problems.length === 0) directory.stage(item.path, item.newText);
    }
    if (problems.length > 0) return { problems, text: '' };
    const left = directory.ourFiles().filter((path) => !kept.has(path));
    directory.commit(left);
    return { problems, text: `${shown}: ${changed} written, ${left.length} removed, ${kept.size - changed} unchanged\n` };
  } finally {
    directory.discard();
  }
}

function checked(groups: Iterable<ManifestGroup>, directory: OutputDirectory, shown: string, command: string): OutReport {
  const problems: Diagnostic[] = [];
  const kept = new Set<string>();
  const found = differences(shown);
  for (const item of compared(groups, directory, shown)) {
    if ('rule' in item) {
      problems.push(item);
      continue;
    }
    kept.add(item.path);
    if (item.oldText !== item.newText) found.add(item);
  }
  for (const path of directory.ourFiles()) {
    const present = kept.has(path) ? null : directory.present(path);
    if (present?.kind === 'ours') found.add({ path, oldText: present.text, newText: null });
  }
  const first = found.first();
  if (problems.length > 0 || first === null) return { problems, text: '' };
  const files = found.count() === 1 ? '1 file' : `${found.count()} files`;
  const at: Location = { file: `${shown}/${first.path}`, line: first.line, column: 1, length: 1 };
  const message = `"${shown}" is not what the input renders: ${files} would change`;
  return { problems: [outProblem('stale', message, at, `run "${command}"`)], text: found.text() };
}
