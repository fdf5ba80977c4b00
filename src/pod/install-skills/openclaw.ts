/** OpenClaw's command line, with a configuration of its own that it may write. */
import { mkdir, writeFile } from 'node:fs/promises';
import type { Finished } from '../command.ts';
import type { Context } from './context.ts';

/** npm alone tries for up to 144 s; this is the outer bound of one command. */
const TIMEOUT_SECONDS = 240;

/** Variables that would send the command line elsewhere than to the files of this pod, or make it refuse to change them. */
const MISLEADING = /^(OPENCLAW_(CONFIG_READONLY|NIX_MODE|GATEWAY_URL|PROFILE)|npm_config_ignore_scripts)$/i;

/** The environment of every command: ours decides, whatever the user's says. */
export function commandEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !MISLEADING.test(name))),
    CI: '1',
    NO_COLOR: '1',
    NPM_CONFIG_IGNORE_SCRIPTS: 'true',
    // Without a network npm gives up after seconds and not after minutes: kubelet tries again anyway.
    NPM_CONFIG_FETCH_RETRIES: '1',
    NPM_CONFIG_FETCH_RETRY_MINTIMEOUT: '2000',
    NPM_CONFIG_FETCH_TIMEOUT: '60000',
  };
}

/** Runs `openclaw …` on a state directory: the agent's own for plugins, a scratch one for skills. */
export async function openclaw({ plan, env, run, scratch }: Context, state: string, args: readonly string[]): Promise<Finished> {
  const config = `${scratch}/openclaw.json`;
  await mkdir(state, { recursive: true, mode: 0o700 });
  // Anew for every command: each one writes what it enables into it.
  await writeFile(config, JSON.stringify(plan.config), { mode: 0o600 });
  const own = { OPENCLAW_CONFIG_PATH: config, OPENCLAW_STATE_DIR: state, TMPDIR: scratch };
  return run({
    argv: [...plan.openclaw, ...args],
    env: { ...commandEnvironment(env), ...own },
    cwd: scratch,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
}
