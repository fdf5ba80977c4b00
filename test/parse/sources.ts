import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Json } from '../../src/lib/json.ts';
import type { ParsedSources } from '../../src/parse/parse.ts';
import { parseSources } from '../../src/parse/parse.ts';
import type { SourceFile, SourceObject } from '../../src/parse/source.ts';

/** A document with everything an object needs. */
export const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n';

export function file(text: string, name = 'bots/ada.yaml'): SourceFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

export function parseText(text: string): ParsedSources {
  return parseSources([file(text)]);
}

/** The only object of a text that must have no mistakes. */
export function onlyObject(text: string): SourceObject {
  const { objects, diagnostics } = parseText(text);
  const [object] = objects;
  if (object === undefined || objects.length !== 1 || diagnostics.length > 0)
    throw new Error(`expected one object of ${JSON.stringify(text)}: ${JSON.stringify(diagnostics)}`);
  return object;
}

/** What stands at `data` of a document that consists of HEAD and `yaml`. */
export function dataOf(yaml: string): Json | undefined {
  return onlyObject(HEAD + yaml).value['data'];
}

/** The only diagnostic of a text. */
export function onlyDiagnostic(text: string | SourceFile): Diagnostic {
  const { diagnostics } = parseSources([typeof text === 'string' ? file(text) : text]);
  const [diagnostic] = diagnostics;
  if (diagnostic === undefined || diagnostics.length !== 1) throw new Error(`expected one diagnostic: ${JSON.stringify(diagnostics)}`);
  return diagnostic;
}

/** `line:column+length rule` of a diagnostic. */
export function place({ location, rule }: Diagnostic): string {
  return `${location.line}:${location.column}+${location.length} ${rule}`;
}
