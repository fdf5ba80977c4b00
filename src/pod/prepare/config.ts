/**
 * The live configuration: the rendered one put in its place, or merged into what OpenClaw wrote there.
 * Never logs a value. A link at the live path is read through and then replaced by a file, so that no write leaves the state directory.
 */
import { createHash } from 'node:crypto';
import { mergeJson } from '../../lib/json.ts';
import type { PreparePlan } from '../../lib/pod-plan.ts';
import { Failure } from '../failure.ts';
import { quote } from '../log.ts';
import type { Context } from './context.ts';
import type { FileSystem } from './file-system.ts';
import { inTheWay } from './in-the-way.ts';
import { makeParents } from './make-directory.ts';
import { requireFreeWay } from './obstacle.ts';
import { configText, readConfig } from './read-config.ts';
import { readSource } from './read-source.ts';
import { withoutPaths } from './without-paths.ts';
import { writeAtomically, writeWhenDifferent } from './write-atomically.ts';

/** It may hold credentials. */
const CONFIG_MODE = 0o600;

type ConfigPlan = NonNullable<PreparePlan['config']>;

export async function config(context: Context, plan: ConfigPlan, statePath: string): Promise<void> {
  const { fs, log, uid } = context;
  await requireFreeWay(fs, statePath, plan.target);
  await makeParents(fs, plan.target);
  const rendered = await readSource(fs, plan.source);
  const text = plan.mode === 'merge' ? await mergedText(context, plan, rendered) : rendered;
  if (text !== null && (await writeWhenDifferent(fs, plan.target, text, CONFIG_MODE))) log.did(`wrote ${quote(plan.target)}`);
  const entry = await fs.inspect(plan.target);
  if (entry?.kind === 'file' && entry.mode !== CONFIG_MODE && entry.uid === uid) await fs.chmod(plan.target, CONFIG_MODE);
}

/** What the live file must become; null when it has every value already, in whatever notation. */
async function mergedText({ fs, log }: Context, plan: ConfigPlan, rendered: Buffer): Promise<Buffer | null> {
  const incoming = readConfig(rendered);
  if (incoming.kind === 'unparsable')
    throw new Failure(`the rendered configuration ${quote(plan.source)} is ${incoming.reason}, expected a JSON object`);
  const bytes = await liveBytes(fs, plan.target);
  const live = bytes === null ? null : readConfig(bytes);
  const base = live?.kind === 'config' ? live.value : {};
  const merged = configText(mergeJson(withoutPaths(base, plan.forcePaths), incoming.value));
  if (bytes === null || live === null) return Buffer.from(merged);
  if (live.kind === 'unparsable') {
    const backup = await keepBackup(fs, plan.target, bytes);
    log.warn(`the live configuration ${quote(plan.target)} is ${live.reason}: kept as ${quote(backup)}, started anew`);
    return Buffer.from(merged);
  }
  const isPlainFile = (await fs.inspect(plan.target))?.kind === 'file';
  if (isPlainFile && live.text === merged) return null;
  return Buffer.from(merged);
}

async function liveBytes(fs: FileSystem, path: string): Promise<Buffer | null> {
  const entry = await fs.inspect(path);
  const real = entry?.kind === 'link' ? await fs.resolve(path) : path;
  const reached = real === null ? null : await fs.inspect(real);
  if (real === null || reached === null) return null;
  // A pipe would be read for ever.
  if (reached.kind !== 'file') throw inTheWay(path, reached.kind, 'the configuration file');
  return fs.read(real);
}

/** Keeps the bytes under a name that follows from them, before anything replaces the live file. */
async function keepBackup(fs: FileSystem, path: string, bytes: Buffer): Promise<string> {
  const backup = `${path}.unparsable-${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}.bak`;
  if ((await fs.inspect(backup)) === null) await writeAtomically(fs, backup, bytes, CONFIG_MODE);
  return backup;
}
