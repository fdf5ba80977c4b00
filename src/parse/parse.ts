/**
 * First stage of the pipeline: files in, Kubernetes objects out, as kubectl would read them.
 * Everything that is wrong becomes a diagnostic; an object with a mistake is left out, the others are still read.
 * Cheap checks come first, so that hostile input is refused before any parser sees it (limits.ts).
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Json } from '../lib/json.ts';
import type { Budget } from './budget.ts';
import { newBudget } from './budget.ts';
import { decode } from './decode.ts';
import type { TextRange } from './documents.ts';
import { documentRanges } from './documents.ts';
import { readJson } from './json-text.ts';
import { objectsOf } from './kubernetes-objects.ts';
import { LIMITS } from './limits.ts';
import { documentLocator } from './locate.ts';
import { problem, wholeFile } from './problem.ts';
import type { SourceFile, SourceObject } from './source.ts';
import { locationAt, sourceText } from './source-text.ts';
import { charactersOf, yamlValue } from './yaml-value.ts';

export interface ParsedSources {
  readonly objects: SourceObject[];
  readonly diagnostics: Diagnostic[];
}

/** Reads all objects of the given files, in the order of the files and of the documents in them. */
export function parseSources(files: readonly SourceFile[]): ParsedSources {
  const objects: SourceObject[] = [];
  const diagnostics: Diagnostic[] = [];
  const budget = newBudget();
  let bytes = 0;
  for (const [index, file] of files.entries()) {
    bytes += file.bytes.length;
    const tooLarge = sizeProblem(file, bytes, index + 1);
    if (tooLarge !== null) diagnostics.push(tooLarge);
    // The total counts files that are refused on their own too: the reader is told once and repairs both.
    if (bytes > LIMITS.inputBytes || index >= LIMITS.files) break;
    if (tooLarge === null) readFile(file, budget, objects, diagnostics);
    if (isSpent(budget, diagnostics)) break;
  }
  return { objects, diagnostics };
}

/** Whether a limit on the whole input is reached; the diagnostic that says so has been given. */
function isSpent(budget: Budget, diagnostics: readonly Diagnostic[]): boolean {
  return budget.objects > LIMITS.objects || budget.values > LIMITS.values || diagnostics.length >= LIMITS.diagnostics;
}

function sizeProblem(file: SourceFile, bytesSoFar: number, filesSoFar: number): Diagnostic | null {
  const at = wholeFile(file.name);
  const size = file.bytes.length;
  if (size > LIMITS.fileBytes)
    return problem('size-limit', `the file has ${size} bytes, expected at most ${LIMITS.fileBytes}`, at, 'split the file');
  if (bytesSoFar > LIMITS.inputBytes) return problem('size-limit', `all files together have more than ${LIMITS.inputBytes} bytes`, at);
  if (filesSoFar > LIMITS.files) return problem('size-limit', `the input has more than ${LIMITS.files} files`, at);
  return null;
}

function readFile(file: SourceFile, budget: Budget, objects: SourceObject[], diagnostics: Diagnostic[]): void {
  const text = decode(file);
  if (typeof text !== 'string') {
    diagnostics.push(text);
    return;
  }
  const source = sourceText(file.name, text);
  const characters = charactersOf(text);
  const locateIn = documentLocator(source, characters.areEveryday);

  function add(value: Json, range: TextRange): boolean {
    if (value === null) return true;
    const found = objectsOf(value, locateIn(range), diagnostics);
    budget.objects += Math.max(1, found.length);
    if (budget.objects > LIMITS.objects) {
      diagnostics.push(
        problem('size-limit', `the input has more than ${LIMITS.objects} objects`, locationAt(source, range.start, range.start + 1)),
      );
      return false;
    }
    for (const object of found) objects.push(object);
    return true;
  }

  const ranges = documentRanges(text, LIMITS.objects + 1);
  if (ranges.length > LIMITS.objects) {
    diagnostics.push(problem('size-limit', `the file has more than ${LIMITS.objects} documents`, wholeFile(file.name)));
    return;
  }
  for (const range of ranges) {
    const json = readJson(text, range, budget);
    if (json !== null) {
      if (!json.every((document) => add(document.value, document))) return;
      continue;
    }
    const value = yamlValue(source, range, characters, budget, diagnostics);
    if (value !== undefined && !add(value, range)) return;
    if (budget.objects <= LIMITS.objects && budget.values <= LIMITS.values && diagnostics.length >= LIMITS.diagnostics) {
      diagnostics.push(
        problem(
          'size-limit',
          `reading stopped after ${LIMITS.diagnostics} problems`,
          locationAt(source, range.end, range.end + 1),
          'repair these first',
        ),
      );
    }
    if (isSpent(budget, diagnostics)) return;
  }
}
