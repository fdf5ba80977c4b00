/** Ways to spoil an input: in its values, so that the text stays well formed, or in its bytes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../../src/lib/json.ts';
import type { SeededRandom } from '../golden/seeded-random.ts';
import { ROOT } from '../self/source-files.ts';

type Slot = { readonly holder: readonly Json[] | JsonObject; readonly key: string | number };

function deep(levels: number): Json {
  let value: Json = 'bottom';
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { down: value };
  return value;
}

const ODD_VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  65536,
  1e15,
  '',
  ' ',
  'yes',
  'null',
  '0x10',
  '1e3',
  '${HOME}',
  '$$',
  '../../etc/passwd',
  '/',
  '-',
  'a: b',
  "it's",
  'two\nlines\n',
  'next\u0085line\u2028',
  '\u0000',
  'x'.repeat(5000),
  '漢字😀',
  '10.0.0.0/8',
  '::/0',
  '500m',
  '1Gi',
  '-1Gi',
  'latest',
  'openclaw',
  'bot',
  [],
  {},
  [null],
  [[]],
  { name: 'data' },
  { key: { key: {} } },
  deep(30),
  deep(120),
];

const ODD_TEXTS: readonly string[] = [
  '\t',
  '\r',
  '- ',
  ': ',
  '# ',
  '&a ',
  '*a',
  '<<: *a',
  '!!binary ',
  '!x ',
  '|',
  '>-',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '---\n',
  '...\n',
  '%YAML 1.2\n',
  '? ',
  '\u0000',
  '\ufeff',
  '\u2028',
  '\\',
  '~',
  '=',
  '😀',
  '\ud83d',
  'kind: List\n',
  '{"a":',
];

/** Every field name of the schema: what a user could write in a wrong place. */
function schemaFields(): string[] {
  const fields = new Set<string>(['apiVersion', 'kind', 'metadata', 'spec', 'items', '__proto__', 'constructor', 'toString', '']);
  function visit(node: unknown): void {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties') for (const field of Object.keys(value as object)) fields.add(field);
      visit(value);
    }
  }
  visit(JSON.parse(readFileSync(join(ROOT, 'schema/openclaw-instance.schema.json'), 'utf8')));
  return [...fields].sort();
}

const FIELDS = schemaFields();

export interface Mutator {
  /** A changed copy of `value`; `donor` is another input to take parts from. */
  readonly value: (value: JsonObject, donor: JsonObject) => JsonObject;
  readonly text: (text: string, donor: string) => string;
  readonly bytes: () => Uint8Array;
}

function typeOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}

function slotsIn(root: Json): Slot[] {
  const slots: Slot[] = [];
  function visit(holder: Json): void {
    if (Array.isArray(holder)) holder.forEach((_, key) => slots.push({ holder, key }));
    else if (isJsonObject(holder)) for (const key of Object.keys(holder)) slots.push({ holder, key });
    for (const item of Array.isArray(holder) ? holder : isJsonObject(holder) ? Object.values(holder) : []) visit(item);
  }
  visit(root);
  return slots;
}

function read({ holder, key }: Slot): Json {
  return (holder as Record<string, Json>)[key] as Json;
}

function write({ holder, key }: Slot, value: Json): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove({ holder, key }: Slot): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else Reflect.deleteProperty(holder, key);
}

export function mutator(random: SeededRandom): Mutator {
  function changeOnce(root: JsonObject, donor: JsonObject): void {
    const slots = slotsIn(root);
    const slot = random.pick(slots);
    const change = random.below(7);
    if (change === 0) write(slot, structuredClone(random.pick(ODD_VALUES)));
    // Of the same type, so that it comes past the schema more often.
    else if (change === 1) write(slot, structuredClone(random.pick(ODD_VALUES.filter((value) => typeOf(value) === typeOf(read(slot))))));
    else if (change === 2) remove(slot);
    else if (change === 3) write(slot, structuredClone(read(random.pick(slotsIn(donor)))));
    else if (change === 4)
      write(
        { holder: slot.holder, key: Array.isArray(slot.holder) ? slot.holder.length : random.pick(FIELDS) },
        structuredClone(read(random.pick(slots))),
      );
    else if (change === 5) write(slot, random.below(2) === 0 ? [read(slot), read(slot)] : { [random.pick(FIELDS)]: read(slot) });
    else if (!Array.isArray(slot.holder)) {
      const value = read(slot);
      remove(slot);
      write({ holder: slot.holder, key: random.pick(FIELDS) }, value);
    }
  }

  function spoil(text: string, donor: string): string {
    const at = random.below(text.length + 1);
    const lines = text.split('\n');
    const line = random.below(lines.length);
    switch (random.below(7)) {
      case 0:
        return text.slice(0, at) + random.pick(ODD_TEXTS) + text.slice(at);
      case 1:
        return text.slice(0, at) + text.slice(at + 1 + random.below(8));
      case 2:
        return text.slice(0, at);
      case 3:
        return lines.toSpliced(line, 1).join('\n');
      case 4:
        return lines.toSpliced(random.below(lines.length), 0, lines[line]!).join('\n');
      case 5:
        return lines.with(line, random.below(2) === 0 ? ` ${lines[line]!}` : lines[line]!.slice(1)).join('\n');
      default:
        return `${text.slice(0, at)}${donor.slice(random.below(donor.length))}`;
    }
  }

  return {
    value: (value, donor) => {
      const copy = structuredClone<JsonObject>(value);
      const { spec } = copy;
      for (let changes = 1 + random.below(2); changes > 0; changes -= 1) {
        // An object that lost its name or kind never comes further.
        const root = isJsonObject(spec) && slotsIn(spec).length > 0 && random.below(8) > 0 ? spec : copy;
        if (slotsIn(root).length > 0) changeOnce(root, donor);
      }
      return copy;
    },
    text: (text, donor) => {
      let spoiled = text;
      for (let changes = 1 + random.below(3); changes > 0; changes -= 1) spoiled = spoil(spoiled, donor);
      return spoiled;
    },
    bytes: () => Uint8Array.from({ length: random.below(400) }, () => random.below(256)),
  };
}
