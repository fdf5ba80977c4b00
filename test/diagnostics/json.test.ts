import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnosticsJson } from '../../src/diagnostics/json.ts';
import { AUTH_KEY, diagnostic } from './samples.ts';

test('every field is there, in the same order', () => {
  assert.equal(
    diagnosticsJson([diagnostic({ hint: undefined }), AUTH_KEY]).replaceAll(/\n {2,}/g, ' '),
    `[ { "file": "bots/ada.yaml", "line": 31, "column": 23, "endColumn": 31, "severity": "error", "rule": "tailscale-auth-key", "message": ${JSON.stringify(AUTH_KEY.message)}, "hint": null }, { "file": "bots/ada.yaml", "line": 31, "column": 23, "endColumn": 31, "severity": "error", "rule": "tailscale-auth-key", "message": ${JSON.stringify(AUTH_KEY.message)}, "hint": "rename the key in the Secret and here" }\n]\n`,
  );
});

test('no diagnostics are an empty array', () => {
  assert.equal(diagnosticsJson([]), '[]\n');
});
