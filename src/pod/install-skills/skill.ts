/**
 * One skill of ClawHub. OpenClaw installs it into a scratch state directory, where it is looked at and from where it is moved into
 * place whole: the agent's own state is not touched, and a run that is stopped leaves the old skill or the new one.
 */
import { cp, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedSkill } from '../../lib/pod-plan.ts';
import { Failure } from '../failure.ts';
import { quote } from '../log.ts';
import { askedFor, isExact, type Context } from './context.ts';
import { openclaw } from './openclaw.ts';

/** What OpenClaw writes beside an installed skill. */
interface Origin {
  readonly slug: string;
  readonly ownerHandle?: string;
  readonly installedVersion: string;
  readonly artifact?: { readonly integrity?: string };
}

interface ClawHubList {
  readonly version: number;
  readonly skills: Record<string, unknown>;
}

/** Beside the skills and not among them, where a half-copied one would be read. */
const STAGING = '.openclaw-gitops-staging';

export async function installSkill(context: Context, skill: PlannedSkill): Promise<void> {
  const { plan, log, installed, save } = context;
  const root = join(plan.volume, skill.root);
  const target = join(root, 'skills', skill.slug);
  const aside = join(root, STAGING, `${skill.slug}.old`);
  if (!(await exists(target)) && (await exists(aside))) await rename(aside, target);
  const asked = installed.get(skill.key)?.asked;
  const there = await originOf(target);
  if (there !== null && fits(skill, there) && (asked === undefined || asked === askedFor(skill) || isExact(skill.version))) {
    if (asked !== askedFor(skill)) await remember();
    return;
  }
  if (asked === undefined && there?.slug !== skill.slug && (await exists(target)))
    throw new Failure(
      `found ${quote(target)}, which is another skill than ${quote(skill.name)}`,
      'rename or remove it, or take the skill out of the spec',
    );
  const staged = await stage(context, skill);
  await requireInside(plan.volume, root, join(root, 'skills'));
  await place(staged, target, aside);
  await list(staged, root, skill.slug);
  await remember();
  log.did(`installed the skill ${quote(skill.name)}, version ${(await originOf(target))?.installedVersion ?? 'unknown'}`);

  async function remember(): Promise<void> {
    installed.set(skill.key, {
      key: skill.key,
      kind: 'skill',
      asked: askedFor(skill),
      paths: [join(skill.root, 'skills', skill.slug)],
      listed: { file: join(skill.root, '.clawhub/lock.json'), slug: skill.slug },
    });
    await save();
  }
}

function fits({ slug, owner, version, integrity }: PlannedSkill, origin: Origin): boolean {
  if (origin.slug !== slug || (owner !== null && origin.ownerHandle !== undefined && origin.ownerHandle !== owner)) return false;
  if (isExact(version) && origin.installedVersion !== version) return false;
  return integrity === null || origin.artifact?.integrity === undefined || origin.artifact.integrity === integrity;
}

async function stage(context: Context, skill: PlannedSkill): Promise<string> {
  const state = join(context.scratch, 'skills-state');
  await rm(state, { recursive: true, force: true });
  const reference = skill.owner === null ? skill.slug : `@${skill.owner}/${skill.slug}`;
  const version = skill.version === null ? [] : ['--version', skill.version];
  const { code, trouble } = await openclaw(context, state, ['skills', 'install', reference, ...version, '--global']);
  if (code !== 0) throw new Failure(`cannot install the skill ${quote(skill.name)}:\n${trouble}`);
  const staged = join(state, 'skills', skill.slug);
  const origin = await originOf(staged);
  if (origin === null) throw new Failure(`OpenClaw installed the skill ${quote(skill.name)} without saying where it is from`);
  const found = `version ${origin.installedVersion}, ${origin.artifact?.integrity ?? 'without a digest'}`;
  if (skill.integrity !== null && origin.artifact?.integrity !== skill.integrity)
    throw new Failure(
      `ClawHub has the skill ${quote(skill.name)} as ${found}, expected ${skill.integrity}`,
      'if the change is wanted, run "openclaw-gitops lock"',
    );
  if (!fits(skill, origin)) throw new Failure(`ClawHub gave ${quote(skill.name)} as ${found}, expected version ${skill.version}`);
  return state;
}

/** Agents may arrange their directories; skills never go to places outside the volume's own. */
async function requireInside(volume: string, root: string, skills: string): Promise<void> {
  await mkdir(skills, { recursive: true, mode: 0o700 });
  const [realRoot, realSkills] = await Promise.all([realpath(root), realpath(skills)]);
  if (!realRoot.startsWith(`${await realpath(volume)}/`) || !realSkills.startsWith(`${realRoot}/`))
    throw new Failure(`found ${quote(skills)} leading to ${quote(realSkills)}, expected a directory of its own`, 'move the link away');
}

async function place(state: string, target: string, aside: string): Promise<void> {
  const fresh = aside.replace(/\.old$/, '.new');
  const slug = target.slice(target.lastIndexOf('/') + 1);
  for (const left of [fresh, aside]) await rm(left, { recursive: true, force: true });
  await cp(join(state, 'skills', slug), fresh, { recursive: true, verbatimSymlinks: true });
  if (await exists(target)) await rename(target, aside);
  await rename(fresh, target);
  await rm(aside.slice(0, aside.lastIndexOf('/')), { recursive: true, force: true });
}

/** ClawHub's own list of the directory: without the entry OpenClaw calls the skill's origin invalid. */
async function list(state: string, root: string, slug: string): Promise<void> {
  const entry = (await json<ClawHubList>(join(state, '.clawhub/lock.json')))?.skills[slug];
  if (entry === undefined) return;
  const file = join(root, '.clawhub/lock.json');
  const existing = (await json<ClawHubList>(file)) ?? { version: 1, skills: {} };
  await mkdir(join(root, '.clawhub'), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, `${JSON.stringify({ ...existing, skills: { ...existing.skills, [slug]: entry } }, null, 2)}\n`, {
    mode: 0o600,
  });
  await rename(`${file}.new`, file);
}

async function originOf(directory: string): Promise<Origin | null> {
  const origin = await json<Origin>(join(directory, '.clawhub/origin.json'));
  return typeof origin?.slug === 'string' && typeof origin.installedVersion === 'string' && (await exists(join(directory, 'SKILL.md')))
    ? origin
    : null;
}

async function json<T>(path: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return null;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
