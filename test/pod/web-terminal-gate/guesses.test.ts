import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Guesses } from '../../../src/pod/web-terminal-gate/guesses.ts';

test('ten wrong logins are looked at in a row, then one every six seconds', () => {
  let now = 1_000_000;
  const guesses = new Guesses(() => now);
  for (let count = 0; count < 10; count += 1) {
    assert.equal(guesses.secondsToWait(), 0);
    guesses.wrong();
  }
  assert.equal(guesses.secondsToWait(), 6);
  now += 5999;
  assert.equal(guesses.secondsToWait(), 1);
  now += 1;
  assert.equal(guesses.secondsToWait(), 0);
  guesses.wrong();
  assert.equal(guesses.secondsToWait(), 6);
  now += 3_600_000;
  assert.equal(guesses.secondsToWait(), 0);
});
