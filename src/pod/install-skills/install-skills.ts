/**
 * Installs the skills, npm packages and plugins of the plan, each on its own: one that cannot be had does not keep the others out.
 * What is there already needs neither the network nor OpenClaw, so a pod restarts while registries are down.
 */
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InstallSkillsPlan } from '../../lib/pod-plan.ts';
import type { RunCommand } from '../command.ts';
import { Failure } from '../failure.ts';
import { RECORD_FILE, entriesOf, recordOf } from '../installed-record.ts';
import type { Log } from '../log.ts';
import type { Context } from './context.ts';
import { installPackage } from './package.ts';
import { installPlugins, uninstallPlugins } from './plugins.ts';
import { installSkill } from './skill.ts';

/** Waits before further tries when the agent may start without: nobody else tries again then. Otherwise kubelet does. */
const WAITS_SECONDS = { fail: [], start: [5, 20] } as const;

export interface Surroundings {
  readonly log: Log;
  readonly run: RunCommand;
  readonly env: NodeJS.ProcessEnv;
  /** Where the run's own directory is made. */
  readonly temporary: string;
  readonly waitsSeconds?: readonly number[];
}

export async function installSkills(plan: InstallSkillsPlan, surroundings: Surroundings): Promise<void> {
  const { log, run, env, temporary, waitsSeconds = WAITS_SECONDS[plan.onFailure] } = surroundings;
  const record = join(plan.volume, RECORD_FILE);
  const installed = new Map(entriesOf(await readFile(record, 'utf8').catch(() => '')).map((entry) => [entry.key, entry]));
  const scratch = await mkdtemp(join(temporary, 'install-skills-'));
  const save = async (): Promise<void> => {
    await writeFile(`${record}.tmp`, recordOf([...installed.values()]), { mode: 0o600, flush: true });
    await rename(`${record}.tmp`, record);
  };
  const context: Context = { plan, log, run, env, scratch, installed, save };
  try {
    await uninstallPlugins(context);
    let failures = await installAll(context);
    for (const seconds of waitsSeconds) {
      if (failures.size === 0) break;
      log.warn(`${failures.size} of the plan failed, next try in ${seconds} s`);
      await sleep(seconds * 1000);
      failures = await installAll(context);
    }
    report(plan, log, failures);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

type Failures = ReadonlyMap<string, Failure>;

async function installAll(context: Context): Promise<Failures> {
  const { skills, packages, plugins } = context.plan;
  const failures = new Map<string, Failure>();
  const attempt = async (name: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      failures.set(name, asFailure(error));
    }
  };
  for (const skill of skills) await attempt(skill.key, () => installSkill(context, skill));
  for (const each of packages) await attempt(each.key, () => installPackage(context, each));
  await attempt('plugins', () => installPlugins(context, plugins, (name, failure) => failures.set(name, failure)));
  return failures;
}

/** A refusal of the file system can be mended by the reader; anything else unforeseen is a bug and passes. */
function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  return new Failure(`${syscall} failed (${code})${path === undefined ? '' : ` at ${path}`}`);
}

function report({ onFailure }: InstallSkillsPlan, log: Log, failures: Failures): void {
  if (failures.size === 0) return;
  const told = [...failures.values()].map(({ message, hint }) => `${message}${hint === undefined ? '' : `\n  hint: ${hint}`}`);
  if (onFailure === 'fail')
    throw new Failure(
      told.join('\n'),
      'the agent waits until everything is installed; the annotation gitops.openclaw.rocks/install-failure: start lets it start without',
    );
  for (const line of told) log.warn(`starting without: ${line}`);
}
