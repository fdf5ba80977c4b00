/** Reads hostile inputs, each in a process of its own, with the memory and the time that a reader may take at most. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { HOSTILE_INPUTS } from './hostile-inputs.ts';

/** Of the processor: the clock would also count what else the machine does. */
const MOST_SECONDS = 10;
const MOST_MEGABYTES = 512;
const PROGRAM = `${import.meta.dirname}/hostile-inputs.ts`;

interface Outcome {
  readonly cpuSeconds: number;
  readonly rules: readonly string[];
  readonly objects: number;
}

async function readInChild(name: string): Promise<Outcome> {
  const run = promisify(execFile);
  // A process that is killed, runs out of memory or overflows its stack makes this throw.
  const { stdout } = await run(process.execPath, [`--max-old-space-size=${MOST_MEGABYTES}`, PROGRAM, name], {
    timeout: MOST_SECONDS * 10_000,
    killSignal: 'SIGKILL',
  });
  return JSON.parse(stdout) as Outcome;
}

/** Declares a test for each of the named inputs. */
export function testHostileInputs(names: readonly string[]): void {
  describe('hostile input is refused within limits', { concurrency: 2 }, () => {
    for (const name of names) {
      const { rule } = HOSTILE_INPUTS[name] ?? { rule: 'unknown' };
      test(`${name}: ${rule}`, async () => {
        const { cpuSeconds, rules, objects } = await readInChild(name);
        if (rule === 'accepted') assert.deepEqual(rules, []);
        else assert.ok(rules.includes(rule), `found ${rules.join(', ')}`);
        assert.ok(cpuSeconds < MOST_SECONDS, `took ${cpuSeconds} s`);
        assert.equal(rules.includes('parse/size-limit') || rule === 'accepted' || objects === 0, true);
      });
    }
  });
}
