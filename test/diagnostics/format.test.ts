import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../src/diagnostics/format.ts';
import { AUTH_KEY, diagnostic } from './samples.ts';

function lines(found: Diagnostic): string[] {
  return formatDiagnostics([found]).split('\n');
}

/** Source line and caret line, from the gutter on. */
function excerpt(sourceLine: string, column: number, length: number): string[] {
  return lines(diagnostic({}, { line: 7, column, length, sourceLine }))
    .slice(1, 3)
    .map((line) => line.slice(8));
}

test('a diagnostic is a header, the line with a caret, and a hint', () => {
  assert.equal(
    formatDiagnostics([AUTH_KEY]),
    `bots/ada.yaml:31:23: error: "auth key" is not a valid Secret key; expected letters, digits, "-", "_" or "." [tailscale-auth-key]
   31 |     authKeySecretKey: auth key
      |                       ^^^^^^^^
  hint: rename the key in the Secret and here
`,
  );
});

test('where lines are not known the field is named, and neither line nor excerpt', () => {
  const inField = diagnostic({}, { field: 'spec.env[0]', sourceLine: undefined });
  assert.equal(lines(inField)[0], `${inField.location.file}, spec.env[0]: ${inField.severity}: ${inField.message} [${inField.rule}]`);
  const ofAll = diagnostic({}, { field: '', sourceLine: undefined });
  assert.ok(lines(ofAll)[0]?.startsWith(`${ofAll.location.file}: ${ofAll.severity}: `));
});

test('what a rule says of one place several times has one excerpt and one hint', () => {
  const more = { ...AUTH_KEY, message: 'it is too long' };
  const other = { ...AUTH_KEY, rule: 'other' };
  assert.equal(
    formatDiagnostics([AUTH_KEY, more]),
    `${formatDiagnostics([AUTH_KEY])}bots/ada.yaml:31:23: error: it is too long [tailscale-auth-key]\n`,
  );
  assert.equal(formatDiagnostics([AUTH_KEY, other]), formatDiagnostics([AUTH_KEY]) + formatDiagnostics([other]));
  for (const place of [{ file: 'b.yaml' }, { line: 32 }, { column: 22 }, { length: 1 }, { field: 'spec' }]) {
    const elsewhere = { ...more, location: { ...more.location, ...place } };
    assert.equal(formatDiagnostics([AUTH_KEY, elsewhere]), formatDiagnostics([AUTH_KEY]) + formatDiagnostics([elsewhere]));
  }
});

test('without a line of source or a hint only the header is left', () => {
  assert.equal(formatDiagnostics([diagnostic({ severity: 'warning', hint: undefined }, { sourceLine: undefined })]).split('\n').length, 2);
  assert.equal(formatDiagnostics([]), '');
});

test('line numbers of any length keep the gutter straight', () => {
  const [, source = '', caret = ''] = lines(diagnostic({}, { line: 1234567 }));
  assert.equal(source.indexOf('|'), caret.indexOf('|'));
});

test('the caret stands below its text after tabs, wide and combining characters', () => {
  assert.deepEqual(excerpt('\tname: x', 8, 1), [' name: x', '       ^']);
  assert.deepEqual(excerpt('日本: 語', 5, 1), ['日本: 語', '      ^^']);
  assert.deepEqual(excerpt('😀: x', 5, 1), ['😀: x', '    ^']);
  assert.deepEqual(excerpt('e\u0301: x', 5, 1), ['e\u0301: x', '   ^']);
});

test('a caret beyond the line stands below its last character', () => {
  assert.deepEqual(excerpt('  token: …', 30, 5), ['  token: …', '         ^']);
  assert.deepEqual(excerpt('', 1, 1), ['', '^']);
  assert.deepEqual(excerpt('ab', 2, 99), ['ab', ' ^']);
});

test('of a long line the part around the caret is shown', () => {
  const sourceLine = `start ${'x'.repeat(300)} HERE ${'y'.repeat(300)}`;
  const [source = '', caret = ''] = excerpt(sourceLine, 308, 4);
  assert.ok(source.length <= 125 && source.startsWith('…') && source.endsWith('…'), source);
  assert.equal(source.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1), 'HERE');
  const [long = ''] = excerpt(`a: ${'z'.repeat(500)}`, 4, 500);
  assert.ok(long.length <= 125 && long.endsWith('…'), long);
});

test('what a terminal could obey is escaped wherever it comes from', () => {
  const text = formatDiagnostics([
    diagnostic(
      { message: 'a\u001b[31m\nb\u202ec', hint: '\u0007' },
      { file: 'x\r\ny', column: 1, length: 1, sourceLine: 'a\u009bb\u2028' },
    ),
  ]);
  assert.equal(
    text,
    'x\\u000d\\ny:31:1: error: a\\u001b[31m\\nb\\u202ec [tailscale-auth-key]\n   31 | a\\u009bb\\u2028\n      | ^\n  hint: \\u0007\n',
  );
});

test('colours are only painted when they are asked for, and change nothing else', () => {
  const painted = formatDiagnostics([AUTH_KEY, diagnostic({ severity: 'warning' })], { colour: true });
  assert.ok(painted.includes('\u001b['));
  // oxlint-disable-next-line no-control-regex
  assert.equal(painted.replaceAll(/\u001b\[[0-9;]*m/g, ''), formatDiagnostics([AUTH_KEY, diagnostic({ severity: 'warning' })]));
});

test('with a limit errors come first, each whole, and the rest is counted', () => {
  const found = Array.from({ length: 300 }, (_, index) =>
    diagnostic({ severity: index % 3 === 0 ? 'error' : 'warning', message: `é number ${index}` }, { line: index + 1 }),
  );
  const text = formatDiagnostics(found, { maxBytes: 8192 });
  assert.ok(Buffer.byteLength(text) <= 8192 && Buffer.byteLength(text) > 7800, String(Buffer.byteLength(text)));
  const shown = text.match(/: error: é number/g)?.length ?? 0;
  assert.doesNotMatch(text, /: warning:/);
  assert.ok(text.startsWith(formatDiagnostics(found.filter(({ severity }) => severity === 'error').slice(0, shown))));
  assert.ok(text.endsWith(`… and ${100 - shown} more errors, 200 more warnings\n`), text.slice(-100));
});

test('a limit that is not reached changes only the order', () => {
  const found = [diagnostic({ severity: 'warning' }), AUTH_KEY];
  assert.equal(formatDiagnostics(found, { maxBytes: 8192 }), formatDiagnostics(found.reverse()));
});

test('a limit that nothing fits in still says how much there is', () => {
  assert.equal(
    formatDiagnostics([AUTH_KEY, diagnostic({ severity: 'warning' })], { maxBytes: 50 }),
    '… and 1 more error, 1 more warning\n',
  );
});
