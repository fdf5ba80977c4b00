/**
 * Plugins, by OpenClaw's own command line on the agent's state: it keeps the install record that the gateway trusts. What it then has
 * is compared with the plan; a plugin that is not what was asked for is taken out again.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { valueAt } from '../../lib/json.ts';
import type { PlannedPlugin } from '../../lib/pod-plan.ts';
import { Failure } from '../failure.ts';
import { quote } from '../log.ts';
import { askedFor, isExact, type Context } from './context.ts';
import { npm } from './npm.ts';
import { onAgentState } from './openclaw.ts';

/** One element of `plugins inspect --all --json`, as far as it matters here; the same on 2026.7.1, 2026.8.2 and 2026.9.6. */
interface Inspected {
  readonly plugin: { readonly id: string; readonly version?: string; readonly rootDir?: string };
  readonly install?: {
    readonly source: string;
    readonly version?: string;
    readonly resolvedName?: string;
    readonly clawhubPackage?: string;
    readonly integrity?: string;
    readonly npmIntegrity?: string;
  };
}

/** Uninstalls what is ours and left the plan. A plugin that cannot be uninstalled is not enabled any more, so the agent can start. */
export async function uninstallPlugins(context: Context): Promise<void> {
  const { plan, log, installed, save } = context;
  const wanted = new Set(plan.plugins.map(({ key }) => key));
  for (const { key, kind, plugin } of installed.values()) {
    if (kind !== 'plugin' || plugin === undefined || wanted.has(key)) continue;
    // Another name for the same plugin keeps it.
    const isWanted = plan.plugins.some(({ id }) => id === plugin.id);
    const { code, trouble } = isWanted
      ? { code: 0, trouble: '' }
      : await onAgentState(context, 'plugins', 'uninstall', plugin.id, '--force');
    if (code !== 0) {
      log.warn(`cannot uninstall the plugin ${quote(plugin.id)}, which left the plan:\n${trouble}`);
      continue;
    }
    installed.delete(key);
    await save();
    if (!isWanted) log.did(`uninstalled the plugin ${quote(plugin.id)}, which left the plan`);
  }
}

/** What to do about one plugin that failed: the caller decides by the plan's policy. */
export type OnFailure = (name: string, failure: Failure) => void;

/** Installs what is missing; nothing is started when everything is there. */
export async function installPlugins(context: Context, plugins: readonly PlannedPlugin[], onFailure: OnFailure): Promise<void> {
  const missing: PlannedPlugin[] = [];
  for (const plugin of plugins) if (!(await isThere(context, plugin))) missing.push(plugin);
  const fresh: PlannedPlugin[] = [];
  if (missing.length > 0) {
    const before = await inspectAll(context);
    for (const plugin of missing) {
      const found = before.find((each) => isOf(plugin, each));
      if (found !== undefined && canBeAdopted(context, plugin, found))
        await attempt(plugin, () => remember(context, plugin, found, 'found'));
      else if (await attempt(plugin, () => install(context, plugin))) fresh.push(plugin);
    }
  }
  if (fresh.length > 0) {
    const after = await inspectAll(context);
    for (const plugin of fresh)
      await attempt(plugin, () =>
        accept(
          context,
          plugin,
          after.find((each) => isOf(plugin, each)),
        ),
      );
  }
  for (const plugin of plugins) await attempt(plugin, () => requireEnabled(context, plugin));

  async function attempt(plugin: PlannedPlugin, work: () => Promise<void> | void): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      onFailure(plugin.name, error);
      return false;
    }
  }
}

async function isThere({ installed }: Context, plugin: PlannedPlugin): Promise<boolean> {
  const entry = installed.get(plugin.key);
  if (entry?.plugin === undefined || entry.asked !== askedFor(plugin)) return false;
  try {
    const manifest = JSON.parse(await readFile(join(entry.plugin.directory, 'package.json'), 'utf8')) as { version?: string };
    return manifest.version === entry.plugin.version;
  } catch {
    return false;
  }
}

/** A wish for a tag is new each time that it is uttered; an exact version is what it is. */
function canBeAdopted({ installed }: Context, plugin: PlannedPlugin, found: Inspected): boolean {
  return problemOf(plugin, found) === null && (isExact(plugin.version) || !installed.has(plugin.key));
}

async function install(context: Context, plugin: PlannedPlugin): Promise<void> {
  const { plan } = context;
  const { source, package: packageName, version, name, integrity } = plugin;
  if (source === 'npm' && integrity !== null) {
    // Before anything of it is on the volume; older versions run a plugin while they install it.
    const told = await npm(context, `the plugin ${quote(name)}`, ['view', `${packageName}@${version}`, 'dist.integrity']);
    if (told.trim() !== integrity) throw changed(`npm has the plugin ${quote(name)} as ${told.trim()}, expected ${integrity}`);
  }
  const pin = source === 'npm' ? ['--pin'] : [];
  const specifier = `${source}:${packageName}${version === null ? '' : `@${version}`}`;
  const { code, trouble } = await onAgentState(context, 'plugins', 'install', specifier, ...pin, ...plan.pluginOptions);
  if (code !== 0) throw new Failure(`cannot install the plugin ${quote(name)}:\n${trouble}`);
}

async function accept(context: Context, plugin: PlannedPlugin, found: Inspected | undefined): Promise<void> {
  if (found === undefined) throw new Failure(`OpenClaw installed the plugin ${quote(plugin.name)} and does not list it`);
  const problem = problemOf(plugin, found);
  if (problem === null) return remember(context, plugin, found, 'installed');
  const { code } = await onAgentState(context, 'plugins', 'uninstall', found.plugin.id, '--force');
  throw changed(`${problem}${code === 0 ? '; it is uninstalled again' : ''}`);
}

function changed(message: string): Failure {
  return new Failure(message, 'if the change is wanted, run "openclaw-gitops lock"');
}

async function remember({ installed, save, log }: Context, plugin: PlannedPlugin, found: Inspected, how: string): Promise<void> {
  const { id, version = '', rootDir: directory = '' } = found.plugin;
  installed.set(plugin.key, { key: plugin.key, kind: 'plugin', asked: askedFor(plugin), paths: [], plugin: { id, version, directory } });
  await save();
  log.did(`${how} the plugin ${quote(plugin.name)}, id ${quote(id)}, version ${version}`);
}

/** The configuration was rendered before anybody saw the plugin's manifest: where nobody told its id, it was taken from the name. */
function requireEnabled({ installed, plan }: Context, plugin: PlannedPlugin): void {
  const id = installed.get(plugin.key)?.plugin?.id;
  if (id === undefined || id === plugin.id || valueAt(plan.config, 'plugins', 'entries', id, 'enabled') === true) return;
  throw new Failure(
    `the plugin ${quote(plugin.name)} has the id ${quote(id)}, and the configuration enables ${quote(plugin.id)}`,
    `run "openclaw-gitops lock", which writes the id down, or set plugins.entries.${id}.enabled to true in spec.config.raw`,
  );
}

async function inspectAll(context: Context): Promise<readonly Inspected[]> {
  const { code, stdout, trouble } = await onAgentState(context, 'plugins', 'inspect', '--all', '--json');
  if (code !== 0) throw new Failure(`cannot look at the installed plugins:\n${trouble}`);
  try {
    return JSON.parse(stdout) as Inspected[];
  } catch {
    throw new Failure('OpenClaw lists its plugins in a form that is no JSON');
  }
}

function isOf(plugin: PlannedPlugin, { install }: Inspected): boolean {
  return install?.source === plugin.source && (plugin.source === 'npm' ? install.resolvedName : install.clawhubPackage) === plugin.package;
}

function problemOf({ name, version, integrity }: PlannedPlugin, { install, plugin }: Inspected): string | null {
  const installed = install?.version ?? plugin.version ?? 'unknown';
  if (isExact(version) && installed !== version) return `the plugin ${quote(name)} is version ${installed}, expected ${version}`;
  if (integrity === null || [install?.integrity, install?.npmIntegrity].includes(integrity)) return null;
  return `the plugin ${quote(name)} is ${install?.integrity ?? 'without a digest'}, expected ${integrity}`;
}
