import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summaryLine } from '../../src/diagnostics/report.ts';
import { AUTH_KEY, diagnostic } from './samples.ts';

const WARNING = diagnostic({ severity: 'warning' });

for (const [diagnostics, expected] of [
  [[], ''],
  [[AUTH_KEY], '1 error'],
  [[WARNING, WARNING], '2 warnings'],
  [[WARNING, AUTH_KEY, AUTH_KEY], '2 errors, 1 warning'],
] as const) {
  test(`${diagnostics.length} diagnostics are summed up as ${JSON.stringify(expected)}`, () =>
    assert.equal(summaryLine(diagnostics), expected));
}
