/** OpenClaw's command line, with a configuration of its own that it may write. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Finished } from '../command.ts';
import type { Context } from './context.ts';

/** npm alone tries for up to 144 s; this is the outer bound of one command. */
const TIMEOUT_SECONDS = 240;
/** A migration reads every database of the agent. */
const MIGRATION_SECONDS = 900;

/** Variables that would send the command line elsewhere than to the files of this pod, or make it refuse to change them. */
const MISLEADING = /^(OPENCLAW_(CONFIG_READONLY|NIX_MODE|GATEWAY_URL|PROFILE)|npm_config_ignore_scripts)$/i;

/** The environment of every command: ours decides, whatever the user's says. */
export function commandEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !MISLEADING.test(name))),
    CI: '1',
    NO_COLOR: '1',
    // OpenClaw 2026.7 looks at no proxy variable by itself.
    NODE_USE_ENV_PROXY: '1',
    NPM_CONFIG_IGNORE_SCRIPTS: 'true',
    // Without a network npm gives up after seconds and not after minutes: kubelet tries again anyway.
    NPM_CONFIG_FETCH_RETRIES: '1',
    NPM_CONFIG_FETCH_RETRY_MINTIMEOUT: '2000',
    NPM_CONFIG_FETCH_TIMEOUT: '60000',
  };
}

/** Runs `openclaw …` on a state directory of its own, or on the agent's as `onAgentState` does. */
export async function openclaw(
  { plan, env, run, scratch }: Context,
  state: string,
  args: readonly string[],
  { text = JSON.stringify(plan.config), timeoutSeconds = TIMEOUT_SECONDS } = {},
): Promise<Finished> {
  const config = `${scratch}/openclaw.json`;
  await mkdir(state, { recursive: true, mode: 0o700 });
  // Anew for every command: each one writes what it enables into it.
  await writeFile(config, text, { mode: 0o600 });
  const own = { OPENCLAW_CONFIG_PATH: config, OPENCLAW_STATE_DIR: state, TMPDIR: scratch };
  return run({
    argv: [...plan.openclaw, ...args],
    env: { ...commandEnvironment(env), ...own },
    cwd: scratch,
    timeoutSeconds,
  });
}

/**
 * Runs `openclaw …` on the agent's state. Command lines refuse the state of an older release until it is migrated, and the gateway,
 * which does that when it starts, starts only after us: then it is done here, by the agent's own configuration.
 */
export async function onAgentState(context: Context, ...args: readonly string[]): Promise<Finished> {
  const { plan, log } = context;
  const first = await openclaw(context, plan.stateDirectory, args);
  if (first.code === 0 || !first.trouble.includes('migration required')) return first;
  const text = await readFile(plan.agentConfig, 'utf8');
  const doctor = ['doctor', '--fix', '--non-interactive'];
  const migrated = await openclaw(context, plan.stateDirectory, doctor, { text, timeoutSeconds: MIGRATION_SECONDS });
  if (migrated.code !== 0) return migrated;
  log.did('migrated the state of an older release');
  return openclaw(context, plan.stateDirectory, args);
}
