import { type JsonObject, isJsonObject } from '../../lib/json.ts';
import { Json5Error, parseJson5 } from './json5.ts';

/** What a configuration file says. */
export type ReadConfig =
  | {
      readonly kind: 'config';
      readonly value: JsonObject;
      /** The value in our notation, to see whether a merge changed anything. */ readonly text: string;
    }
  | { readonly kind: 'unparsable'; /** Where and why, without a word of the text. */ readonly reason: string };

/** Reads JSON or JSON5. Integers beyond 2^53 pass as bigints, so that writing them back changes no digit. */
export function readConfig(bytes: Uint8Array): ReadConfig {
  try {
    const value = parseJson5(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isJsonObject(value) ? { kind: 'config', value, text: configText(value) } : { kind: 'unparsable', reason: 'not an object' };
  } catch (error) {
    // Anything else is text that is not UTF-8 or nested too deeply to be a configuration.
    return {
      kind: 'unparsable',
      reason:
        error instanceof Json5Error ? `neither JSON nor JSON5 at line ${error.line}, column ${error.column}` : 'neither JSON nor JSON5',
    };
  }
}

/** The text of a configuration: two-space JSON, keys in their given order. */
export function configText(config: JsonObject): string {
  const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };
  return `${JSON.stringify(config, (_key, value: unknown) => (typeof value === 'bigint' ? rawJSON(String(value)) : value), 2)}\n`;
}
