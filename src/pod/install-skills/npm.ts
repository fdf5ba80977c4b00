import { Failure } from '../failure.ts';
import type { Context } from './context.ts';
import { commandEnvironment } from './openclaw.ts';

const TIMEOUT_SECONDS = 240;

/** Runs npm for the installation of `what` and returns what it printed. */
export async function npm({ run, env, scratch }: Context, what: string, args: readonly string[]): Promise<string> {
  const { code, stdout, trouble } = await run({
    argv: ['npm', ...args],
    env: commandEnvironment(env),
    cwd: scratch,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
  if (code !== 0) throw new Failure(`cannot install ${what}:\n${trouble}`);
  return stdout;
}
