/** Texts that have broken YAML writers, shells and GitOps engines before, and any others. */
import fc from 'fast-check';

const NOTORIOUS = [
  '',
  ' ',
  'y',
  'N',
  'off',
  'yes',
  'No',
  'on',
  'NULL',
  '~',
  'true',
  '0123',
  '0x1F',
  '1_000',
  '1e3',
  '.inf',
  '.NaN',
  '1:20:30',
  '2026-11-22',
  '=',
  '<<',
  '- a',
  '? a',
  'a: b',
  'a #b',
  '#b',
  '&a',
  '*a',
  '!a',
  '|',
  '>',
  '%TAG',
  '@a',
  '`a',
  '---',
  '...',
  "it's",
  '"quoted"',
  'back\\slash',
  'trailing ',
  ' leading',
  'two\nlines',
  'final break\n',
  '\n\nbreaks\n\n\n',
  '\ttab',
  'a\tb\t\n c',
  'carriage\r\nreturn\r',
  'next\u0085line',
  'line\u2028and\u2029paragraph',
  '\ufeffmark',
  'delete\u007f',
  'control\u0001\u001b',
  'non\ufffe\uffffcharacters',
  '😀 👩‍💻 ñ 漢字',
  '${VAR}',
  '$$',
  '$(VAR)',
  '{{ .Values }}',
  'x'.repeat(300),
];

/** Any text without lone surrogates, which are refused. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NOTORIOUS),
  fc.string({ unit: 'binary', maxLength: 24 }),
  fc.string({ unit: 'grapheme', maxLength: 24 }),
  fc.array(fc.constantFrom(...NOTORIOUS), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('\n')),
);

/** A key of a map; one name is refused, since many programs take it for something else than data. */
export const anyKey: fc.Arbitrary<string> = anyText.filter((text) => text !== '__proto__');

/** Text that Kubernetes can hold in a variable: no NUL. */
export const variableText: fc.Arbitrary<string> = anyText.map((text) => text.replaceAll('\u0000', ''));

export const label: fc.Arbitrary<string> = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6})?$/);
export const annotationKey: fc.Arbitrary<string> = label.map((name) => `example.com/${name}`);
