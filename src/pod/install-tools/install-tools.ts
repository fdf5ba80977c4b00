/**
 * pnpm through the image's corepack, and Python with uv, on the data volume. What works already is left alone and needs no network;
 * versions are fixed and digests checked, by corepack and by uv.
 */
import { constants, copyFile, lstat, mkdir, mkdtemp, readFile, readdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { rootCertificates } from 'node:tls';
import { createHash } from 'node:crypto';
import type { InstallToolsPlan } from '../../lib/pod-plan.ts';
import type { Finished, RunCommand } from '../command.ts';
import { Failure } from '../failure.ts';
import { quote, type Log } from '../log.ts';

const LOOK_SECONDS = 30;
const FETCH_SECONDS = 300;

export interface Surroundings {
  readonly log: Log;
  readonly run: RunCommand;
  readonly env: NodeJS.ProcessEnv;
  readonly temporary: string;
}

export async function installTools(plan: InstallToolsPlan, surroundings: Surroundings): Promise<void> {
  const { log, temporary } = surroundings;
  const scratch = await mkdtemp(join(temporary, 'install-tools-'));
  const failures: Failure[] = [];
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      failures.push(asFailure(error));
    }
  };
  try {
    await mkdir(plan.binDirectory, { recursive: true, mode: 0o700 });
    const { pnpm, python } = plan;
    if (pnpm !== null) await attempt(() => installPnpm({ ...surroundings, scratch }, plan.binDirectory, pnpm));
    if (python !== null) await attempt(() => installPython({ ...surroundings, scratch }, plan.binDirectory, python));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  if (failures.length === 0) return;
  const told = failures.map(({ message, hint }) => `${message}${hint === undefined ? '' : `\n  hint: ${hint}`}`);
  if (plan.onFailure === 'fail')
    throw new Failure(
      told.join('\n'),
      'the agent waits until everything is installed; the annotation gitops.openclaw.rocks/install-failure: start lets it start without',
    );
  for (const line of told) log.warn(`starting without: ${line}`);
}

interface Work extends Surroundings {
  readonly scratch: string;
}

async function installPnpm(work: Work, bin: string, { version, digest }: NonNullable<InstallToolsPlan['pnpm']>): Promise<void> {
  const works = async (): Promise<boolean> => printed(await ask(work, [join(bin, 'pnpm'), '--version'])) === version;
  if (await works()) return;
  const { code, trouble } = await ask(work, ['corepack', '--version']);
  if (code !== 0)
    throw new Failure(
      `cannot install pnpm: the image has no corepack:\n${trouble}`,
      'use an image that has it, as the official one does, or bring pnpm in the image and set runtimeDeps.pnpm to false',
    );
  await must(work, ['corepack', 'enable', 'pnpm', '--install-directory', bin], 'make the commands of pnpm');
  // Where only the image has changed, corepack's own files are still on the volume.
  if (await works()) return;
  await must(work, ['corepack', 'prepare', `pnpm@${version}+${digest}`, '--activate'], 'install pnpm');
  const answer = await ask(work, [join(bin, 'pnpm'), '--version']);
  if (printed(answer) !== version) throw new Failure(`pnpm is installed and does not work:\n${answer.trouble}`);
  work.log.did(`installed pnpm ${version}`);
}

async function installPython(work: Work, bin: string, python: NonNullable<InstallToolsPlan['python']>): Promise<void> {
  const { version, directory } = python;
  const uv = join(bin, 'uv');
  if (await replaced(work, python.uv, uv)) work.log.did(`installed ${printed(await ask(work, [uv, '--version']))}`);
  const command = join(bin, 'python3');
  const works = async (): Promise<boolean> => printed(await ask(work, [command, '--version'])) === `Python ${version}`;
  if (await works()) return;
  await must(
    await trusting(work),
    [uv, 'python', 'install', '--install-dir', directory, '--no-progress', version],
    `install Python ${version}`,
  );
  const names = (await readdir(directory)).filter((name) => name.startsWith(`cpython-${version}-`)).sort();
  const [found] = names;
  if (found === undefined) throw new Failure(`uv installed Python ${version}, and ${quote(directory)} does not have it`);
  for (const name of ['python3', 'python']) await link(join(bin, name), relative(bin, join(directory, found, 'bin/python3')));
  const answer = await ask(work, [command, '--version']);
  if (printed(answer) !== `Python ${version}`) throw new Failure(`Python ${version} is installed and does not work:\n${answer.trouble}`);
  work.log.did(`installed Python ${version}`);
}

/** Puts the image's uv on the volume where another one, or none, is; says whether it did. */
async function replaced({ scratch }: Work, from: string, to: string): Promise<boolean> {
  if ((await digestOf(from)) === (await digestOf(to))) return false;
  const fresh = `${to}.new`;
  await rm(fresh, { force: true });
  await copyFile(from, fresh, constants.COPYFILE_EXCL).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(
      `cannot copy uv to ${quote(fresh)} (${error.code ?? 'unknown error'})`,
      `free bytes on the volume; ${quote(scratch)} needs none`,
    );
  });
  await rename(fresh, to);
  return true;
}

async function digestOf(path: string): Promise<string | null> {
  const bytes = await readFile(path).catch(() => null);
  return bytes === null ? null : createHash('sha256').update(bytes).digest('hex');
}

async function link(path: string, target: string): Promise<void> {
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  if (isThere && (await readlink(path).catch(() => null)) === target) return;
  await rm(`${path}.new`, { force: true });
  await symlink(target, `${path}.new`);
  await rename(`${path}.new`, path);
}

/** uv believes only the file that it is told of: the public authorities that Node knows, and the user's own. */
async function trusting(work: Work): Promise<Work> {
  const own = work.env['NODE_EXTRA_CA_CERTS'];
  if (own === undefined) return work;
  const file = join(work.scratch, 'authorities.pem');
  await writeFile(file, [...rootCertificates, await readFile(own, 'utf8')].join('\n'));
  return { ...work, env: { ...work.env, SSL_CERT_FILE: file } };
}

function ask({ run, env, scratch }: Work, argv: readonly string[]): Promise<Finished> {
  return run({ argv, env, cwd: scratch, timeoutSeconds: LOOK_SECONDS });
}

async function must({ run, env, scratch }: Work, argv: readonly string[], what: string): Promise<void> {
  const { code, trouble } = await run({ argv, env, cwd: scratch, timeoutSeconds: FETCH_SECONDS });
  if (code !== 0) throw new Failure(`cannot ${what}:\n${trouble}`);
}

function printed({ code, stdout }: Finished): string | null {
  return code === 0 ? stdout.trim() : null;
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  return new Failure(`${syscall} failed (${code})${path === undefined ? '' : ` at ${path}`}`);
}
