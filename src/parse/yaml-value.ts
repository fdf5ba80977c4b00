/** Reads one document of YAML: by the everyday reader where it can, else by the general one, which knows every mistake. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Json } from '../lib/json.ts';
import type { Budget } from './budget.ts';
import { firstControlCharacter } from './characters.ts';
import type { TextRange } from './documents.ts';
import { UNUSUAL, readEveryday } from './everyday-yaml.ts';
import { plainData } from './plain-data.ts';
import { PARSE_PROBLEMS, problem } from './problem.ts';
import type { SourceText } from './source-text.ts';
import { locationAt } from './source-text.ts';
import { composeYaml } from './yaml-document.ts';

/** What the characters of a whole text mean for reading its documents. */
export interface Characters {
  /** There are no control characters. */
  readonly areOrdinary: boolean;
  /** The everyday reader may try. */
  readonly areEveryday: boolean;
}

export function charactersOf(text: string): Characters {
  const areOrdinary = firstControlCharacter(text, 0) === null;
  return { areOrdinary, areEveryday: areOrdinary && !text.includes('\t') && !text.includes('\r') };
}

/** The value of the document in `range`, or undefined when it is refused. */
export function yamlValue(
  source: SourceText,
  range: TextRange,
  { areOrdinary, areEveryday }: Characters,
  budget: Budget,
  diagnostics: Diagnostic[],
): Json | undefined {
  const everyday = areEveryday ? readEveryday(source.text, range, budget) : UNUSUAL;
  return everyday === UNUSUAL ? generalValue(source, range, areOrdinary, budget, diagnostics) : everyday;
}

/** The value of a document by the general reader, or undefined when it is refused. */
function generalValue(
  source: SourceText,
  range: TextRange,
  isOrdinaryText: boolean,
  budget: Budget,
  diagnostics: Diagnostic[],
): Json | undefined {
  if (!isOrdinaryText) {
    const character = firstControlCharacter(source.text, range.start);
    if (character !== null && character.offset < range.end) {
      diagnostics.push(problem(character.code, `found ${character.name}`, locationAt(source, character.offset, character.offset + 1)));
      return undefined;
    }
  }
  const text = source.text.slice(range.start, range.end);
  const { document, fault } = composeYaml(text);
  const { value, faults } = fault === null ? plainData(document?.contents ?? null, text, budget) : { value: undefined, faults: [fault] };
  for (const { code, message, hint, start, end } of faults) {
    diagnostics.push(problem(code, message, locationAt(source, range.start + start, range.start + end), hint));
  }
  return faults.some(({ code }) => PARSE_PROBLEMS[code].severity === 'error') ? undefined : value;
}
