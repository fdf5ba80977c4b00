/**
 * The code that ajv writes, said shorter. Ajv builds every error where it finds it and hands lists of them up through
 * every call, which is most of its text; here a finding is one call of `fail`. A fifth of the text means that much less
 * to read at every start of the command. A test holds the result against ajv itself.
 */

/** What the shortened code calls. `at` is the JSON pointer of the value that a function is given. */
const RUNTIME = `
let found = [];
const sets = new Map();
const isInteger = Number.isInteger;
function isMap(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function run(check, value) {
  found = [];
  check(value, "");
  return found;
}
function fail(path, keyword, detail) {
  found.push({ path, keyword, detail });
}
function known(value, at, names) {
  let set = sets.get(names);
  if (set === undefined) sets.set(names, (set = new Set(names.split(" "))));
  for (const key in value) if (!set.has(key)) fail(at + step(key), "additionalProperties", names);
}
function step(key) {
  return "/" + key.replace(/~/g, "~0").replace(/\\//g, "~1");
}
function need(value, at, key) {
  if (value === undefined) fail(at, "required", key);
}
function string(value, path) {
  if (typeof value !== "string") fail(path, "type", "string");
}
function isString(value, at, key) {
  if (value !== undefined && typeof value !== "string") fail(at + "/" + key, "type", "string");
}
function isBoolean(value, at, key) {
  if (value !== undefined && typeof value !== "boolean") fail(at + "/" + key, "type", "boolean");
}
function isCount(value, at, key, least, most) {
  if (value === undefined) return;
  if (!isInteger(value)) fail(at + "/" + key, "type", "integer");
  if (typeof value !== "number") return;
  if (value < least) fail(at + "/" + key, "minimum", [least, most]);
  if (value > most) fail(at + "/" + key, "maximum", [least, most]);
}
function isOneOf(value, at, key, choices) {
  if (value !== undefined && !(typeof value === "string" && choices.split(" ").includes(value))) fail(at + "/" + key, "enum", choices.split(" "));
}
function isList(value, at, key, check, most) {
  if (value === undefined) return;
  if (!Array.isArray(value)) return fail(at + "/" + key, "type", "array");
  if (value.length > most) fail(at + "/" + key, "maxItems", most);
  for (let i = 0; i < value.length; i++) check(value[i], at + "/" + key + "/" + i);
}
`;

type Rewrite = readonly [pattern: RegExp, replacement: string | ((match: string, ...groups: string[]) => string)];

/** In this order: each works on what the ones before it left. */
const REWRITES: readonly Rewrite[] = [
  // The frame of a function.
  [/^"use strict";$|^\/\*# sourceURL=.*$|^const (?:schema|func)\d+ = .*$/gm, ''],
  [/^(?:let vErrors = null|let errors = 0|validate\d+\.errors = vErrors|return errors === 0);\n/gm, ''],
  [/\{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}/g, 'at'],
  [/\binstancePath\b(?!:)/g, 'at'],
  [/\{at,/g, '{instancePath:at,'],
  [/export const (\w+) = (validate\d+);/g, 'export const $1 = (value) => run($2, value);'],
  // A call of another function, with what it found.
  [
    /if\(!\((validate\d+)\(([^,]+), \{instancePath:(.*?),parentData:.*?,rootData\}\)\)\)\{\nvErrors = .*\nerrors = vErrors\.length;\n\}/g,
    '$1($2, $3);',
  ],
  // A finding of its own.
  [
    /const (err\d+) = \{instancePath:(.*?),schemaPath:.*?,keyword:"(\w+)",params:\{(.*)\}\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g,
    'fail($2, "$3", {$4});',
  ],
  [/\{comparison: ".*?", limit: (\d+)\}/g, '$1'],
  [/\{i: \w+, j: (\w+)\}/g, '$1'],
  [/\{\w+: ?((?:"(?:[^"\\]|\\.)*"|[^{}"])*)\}\);/g, '$1);'],
  // Lengths count code units, so that nothing of ajv's is needed for them: what has a limit is a name.
  [/\bfunc\d+\((\w+)\)/g, '$1.length'],
  // Tests that recur.
  [/(\w+) && typeof \1 == "object" && !Array\.isArray\(\1\)/g, 'isMap($1)'],
  [/\(\(typeof ([\w.[\]]+) == "number"\) && \(!\(\1 % 1\) && !isNaN\(\1\)\)\) && \(isFinite\(\1\)\)/g, 'isInteger($1)'],
  [
    /for\(const (key\d+) in data\)\{\nif\(!\((.*)\)\)\{\nfail\(at, "additionalProperties", \1\);\n\}\n\}/g,
    (_, _key, test) => `known(data, at, ${JSON.stringify(Array.from(test.matchAll(/"([^"]*)"/g), ([, name]) => name).join(' '))});`,
  ],
  [/if\((data\.(\w+)) === undefined\)\{\nfail\(at, "required", "\2"\);\n\}/g, 'need($1, at, "$2");'],
  [
    /if\((data\.(\w+)) !== undefined\)\{\nif\(typeof \1 !== "string"\)\{\nfail\(at\+"\/\2", "type", "string"\);\n\}\n\}/g,
    'isString($1, at, "$2");',
  ],
  [
    /if\((data\.(\w+)) !== undefined\)\{\nif\(typeof \1 !== "boolean"\)\{\nfail\(at\+"\/\2", "type", "boolean"\);\n\}\n\}/g,
    'isBoolean($1, at, "$2");',
  ],
  [
    /if\((data\.(\w+)) !== undefined\)\{\nlet (data\d+) = \1;\nif\(!\(isInteger\(\3\)\)\)\{\nfail\(at\+"\/\2", "type", "integer"\);\n\}\n(?:if\(\(typeof \3 == "number"\) && \(isFinite\(\3\)\)\)\{\n(?:if\(\3 > (\d+) \|\| isNaN\(\3\)\)\{\nfail\(.*\);\n\}\n)?(?:if\(\3 < (\d+) \|\| isNaN\(\3\)\)\{\nfail\(.*\);\n\}\n)?\}\n)?\}/g,
    (_, value, key, _data, most, least) =>
      `isCount(${[value, 'at', `"${key}"`, ...((least ?? most) ? [least ?? '-Infinity'] : []), ...(most ? [most] : [])].join(', ')});`,
  ],
  [
    /if\((data\.(\w+)) !== undefined\)\{\nlet (data\d+) = \1;\nif\(typeof \3 !== "string"\)\{\n.*\n\}\nif\(!\((?:\(+\3 === "[^" ]*"\)+(?: \|\| )?)+\)\{\nfail\(at\+"\/\2", "enum", (\[.*\])\);\n\}\n\}/g,
    (_, value, key, _data, choices) => `isOneOf(${value}, at, "${key}", ${JSON.stringify((JSON.parse(choices) as string[]).join(' '))});`,
  ],
  [/if\(typeof (data\d+\[i\d+\]) !== "string"\)\{\nfail\((.*), "type", "string"\);\n\}/g, 'string($1, $2);'],
  [
    /if\((data\.(\w+)) !== undefined\)\{\nlet (data\d+) = \1;\nif\(Array\.isArray\(\3\)\)\{\n(?:if\(\3\.length > (\d+)\)\{\nfail\(.*\);\n\}\n)?const len\d+ = \3\.length;\nfor\(.*\)\{\n(\w+)\(.*\);\n\}\n\}\nelse \{\nfail\(at\+"\/\2", "type", "array"\);\n\}\n\}/g,
    (_, value, key, _data, most, check) => `isList(${[value, 'at', `"${key}"`, check, ...(most ? [most] : [])].join(', ')});`,
  ],
  [
    /^if\(isMap\(data\)\)\{\n([^]*?)\n\}\nelse \{\nfail\(at, "type", "object"\);\n\}\n\}$/gm,
    'if(!isMap(data)) return fail(at, "type", "object");\n$1\n}',
  ],
  [/\n{2,}/g, '\n'],
];

/** What must be gone when every rewrite has met what it was written for. */
const LEFT_OVER =
  /vErrors|errors\b|instancePath|parentData|rootData|schemaPath|\bschema\d|\bfunc\d|\bsourceURL|require\(|\bimport\b|\bfail\(.*, \{/;

/** Ajv's standalone module, shortened; throws when a newer ajv writes something that is not known here. */
export function compact(code: string): string {
  let text = withConstants(code);
  for (const [pattern, replacement] of REWRITES)
    text = typeof replacement === 'string' ? text.replace(pattern, replacement) : text.replace(pattern, replacement);
  const left = LEFT_OVER.exec(text);
  if (left)
    throw new Error(
      `scripts/gen/compact.ts does not know this code of ajv: ${text.slice(Math.max(0, left.index - 200), left.index + 200)}`,
    );
  return RUNTIME + text;
}

/** Ajv keeps whole schemas for a few of their values; these values are written where they are used. */
function withConstants(code: string): string {
  const constants = new Map<string, unknown>();
  for (const [, name = '', text = ''] of code.matchAll(/^const (schema\d+) = (\{.*\});$/gm)) constants.set(name, JSON.parse(text));
  return code
    .replace(/func\d+\.call\((schema\d+)\.properties, key\d+\)/g, (_, name: string) =>
      JSON.stringify(Object.keys((constants.get(name) as { properties: object }).properties)),
    )
    .replace(/(?<=params:\{\w+: )(schema\d+)\.([\w.]+)/g, (_, name: string, path: string) => {
      let value = constants.get(name);
      for (const step of path.split('.')) value = (value as Record<string, unknown>)[step];
      return JSON.stringify(value);
    });
}
