import { readFile } from 'node:fs/promises';
import { PLAN_SCHEMA } from '../lib/pod-plan.ts';
import { Failure } from './failure.ts';
import { type Log, quote } from './log.ts';

/** The program was called wrongly or with a plan of another schema. Ends it with code 2. */
class UsageError extends Failure {}

/** Runs `work` on the plan named on the command line and ends the process: 0 done, 1 cannot, 2 wrong usage or unknown plan, 3 our bug. */
export async function runProgram(
  name: string,
  work: (plan: unknown, log: Log) => Promise<void>,
  read: (name: string, words: readonly string[]) => Promise<unknown> = readPlan,
): Promise<never> {
  const log: Log = {
    did: (line) => process.stdout.write(`${name}: ${line}\n`),
    warn: (line) => process.stderr.write(`${name}: warning: ${line}\n`),
  };
  try {
    await work(await read(name, process.argv.slice(2)), log);
    process.exit(0);
  } catch (error) {
    if (error instanceof Failure) {
      process.stderr.write(`${name}: error: ${error.message}\n`);
      if (error.hint !== undefined) process.stderr.write(`  hint: ${error.hint}\n`);
      process.exit(error instanceof UsageError ? 2 : 1);
    }
    // Only the stack of an Error: another thrown value could be anything, also a secret.
    process.stderr.write(`${name}: bug: ${error instanceof Error ? error.stack : typeof error}\n`);
    process.exit(3);
  }
}

/** The same for a program that has no plan: `work` gets one word of the command line for each that is expected. */
export function runInstructed<const Expected extends readonly string[]>(
  name: string,
  expected: Expected,
  work: (words: { readonly [Index in keyof Expected]: string }, log: Log) => Promise<void>,
): Promise<never> {
  const read = async (_: string, words: readonly string[]): Promise<unknown> => {
    if (words.length === expected.length) return words;
    throw new UsageError(`found ${words.length} arguments, expected ${expected.length}: ${expected.join(', ')}`);
  };
  return runProgram(name, (words, log) => work(words as { readonly [Index in keyof Expected]: string }, log), read);
}

async function readPlan(name: string, args: readonly string[]): Promise<unknown> {
  const path = args[0];
  if (args.length !== 1 || path === undefined || path.startsWith('-'))
    throw new UsageError(`found ${args.length} arguments, expected one`, `node ${name}.mjs <plan.json>`);
  let plan: unknown;
  try {
    plan = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    // The message of a SyntaxError quotes the text.
    throw new UsageError(`cannot read the plan ${quote(path)} (${(error as NodeJS.ErrnoException).code ?? 'not JSON'})`);
  }
  const schema = typeof plan === 'object' && plan !== null && 'schema' in plan ? plan.schema : undefined;
  if (schema !== PLAN_SCHEMA) {
    throw new UsageError(
      `found ${schema === undefined ? 'no' : quote(JSON.stringify(schema))} as plan schema in ${quote(path)}, expected ${PLAN_SCHEMA}`,
      'apply all rendered objects together',
    );
  }
  return plan;
}
