/** What the renderer makes of an input, in the forms that golden files keep. */
import { writeObjects } from '../../src/commands/render.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';
import { podPrograms } from '../../src/generated/pod-programs.ts';
import { isJsonObject, type Json, type JsonObject } from '../../src/lib/json.ts';
import { render } from '../../src/render.ts';
import type { CaseInput } from './golden-case.ts';

export interface Outcome {
  readonly refused: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly objects: readonly JsonObject[];
  /** All manifests as the command prints them. */
  readonly yaml: string;
}

export function outcomeOf({ files, options }: CaseInput, renderer: typeof render = render): Outcome {
  const { refused, diagnostics, objects } = renderer(files, options);
  const all = [...objects];
  return { refused, diagnostics, objects: all, yaml: refused ? '' : yamlText(all) };
}

/** The outcome of a case by its name, so that a crash says where. */
export function caseOutcome(name: string, input: CaseInput): Outcome {
  try {
    return outcomeOf(input);
  } catch (cause) {
    throw new Error(`golden/${name} makes the renderer crash`, { cause });
  }
}

export function yamlText(objects: Iterable<JsonObject>): string {
  let text = '';
  writeObjects(objects, 'yaml', (piece) => {
    text += piece;
  });
  return text;
}

export function errorText(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.length === 0 ? '' : formatDiagnostics(diagnostics, { colour: false });
}

/** The objects with `<program NAME>` in place of each program's text, which would be most of every golden file. */
export function withoutProgramTexts(objects: readonly JsonObject[]): JsonObject[] {
  const names = new Map<Json, string>(Object.entries(podPrograms).map(([name, text]) => [text, name]));
  return objects.map((object) => {
    const { kind, data } = object;
    if (kind !== 'ConfigMap' || !isJsonObject(data)) return object;
    const entries = Object.entries(data).map(([key, text]): [string, Json] => [key, names.get(text) === key ? `<program ${key}>` : text]);
    return { ...object, data: Object.fromEntries(entries) };
  });
}
