/** The same input in other clothes: none of these may change a byte of the output. */
import type { Json, JsonObject } from '../../src/lib/json.ts';
import { isJsonObject } from '../../src/lib/json.ts';
import { toJsonLine } from '../../src/output/json-lines.ts';
import { toYaml } from '../../src/output/yaml.ts';
import { parseSources } from '../../src/parse/parse.ts';
import type { SourceFile } from '../../src/parse/source.ts';
import type { SeededRandom } from './seeded-random.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

export function withCarriageReturns(files: readonly SourceFile[]): SourceFile[] {
  return files.map(({ name, bytes }) => {
    if (bytes.includes(CARRIAGE_RETURN)) throw new Error(`${name} has carriage returns already`);
    return { name, bytes: Uint8Array.from([...bytes].flatMap((byte) => (byte === LINE_FEED ? [CARRIAGE_RETURN, LINE_FEED] : [byte]))) };
  });
}

export function withByteOrderMarks(files: readonly SourceFile[]): SourceFile[] {
  return files.map(({ name, bytes }) => ({ name, bytes: Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]) }));
}

/** A value as JSON that may stand in a source file, where raw line separators are refused. */
export function jsonSource(value: Json): string {
  return toJsonLine(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Keys of maps in another order at every level; lists keep theirs. */
export function withShuffledKeys(value: Json, random: SeededRandom): Json {
  if (Array.isArray(value)) return value.map((item) => withShuffledKeys(item, random));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(random.shuffled(Object.keys(value)).map((key) => [key, withShuffledKeys(value[key] as Json, random)]));
}

/** All objects with shuffled keys, in shuffled order, dealt out to up to three files, some as YAML and some as JSON. */
export function shuffledFiles(files: readonly SourceFile[], random: SeededRandom): SourceFile[] {
  const documents = random.shuffled(parseSources(files).objects).map(({ value }) => {
    const shuffled = withShuffledKeys(value, random) as JsonObject;
    return random.below(2) === 0 ? toYaml(shuffled) : jsonSource(shuffled);
  });
  const dealt: string[][] = [[], [], []];
  for (const document of documents) random.pick(dealt).push(document);
  const texts = dealt.filter((documentsOfFile) => documentsOfFile.length > 0).map((documentsOfFile) => documentsOfFile.join('---\n'));
  return texts.map((text, index) => ({ name: `shuffled-${index}.yaml`, bytes: new TextEncoder().encode(text) }));
}
