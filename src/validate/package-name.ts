/** The grammar of skills and plugins in the spec: what ClawHub, npm and OpenClaw's command line take. */
import { parsePackReference } from '../lib/pack-reference.ts';
import { clawHubSkill, packageReference } from '../resolve/package-reference.ts';

const LONGEST = 128;
const CHARACTERS = /^[A-Za-z0-9\-_/.@]+$/;
const NPM_NAME = /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;
const OWNER = /^[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?$/;
const SLUG = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
/** What each prefix stands for. */
const PREFIXES: Readonly<Record<string, string>> = { npm: 'a package', pack: 'owner/repository/path' };
const PREFIXES_OF = { skill: ['npm', 'pack'], plugin: ['npm'] } as const;

function packProblem(reference: string): string | null {
  const parsed = parsePackReference(reference);
  return typeof parsed === 'string' ? parsed : null;
}

function releaseProblem(name: string, kind: 'skill' | 'plugin'): string | null {
  const { source, package: packageName, version } = packageReference(name);
  if (version === '') return 'has no version after "@"';
  if (source === 'npm') return NPM_NAME.test(packageName) ? null : 'does not name a package as npm does';
  if (kind === 'plugin') return NPM_NAME.test(packageName) ? null : 'does not name a package as ClawHub does';
  const { owner, slug } = clawHubSkill(packageName);
  if (slug.includes('/')) return 'has more than an owner and a name';
  if (owner !== null && !OWNER.test(owner)) return 'has an owner that ClawHub does not know as one';
  return SLUG.test(slug) ? null : 'has a name of other characters than letters, digits and "-" between them';
}

/** What is wrong with a skill's or plugin's name, as a part of a sentence, or null. */
export function packageNameProblem(name: string, kind: 'skill' | 'plugin'): string | null {
  if (name === '') return 'is empty';
  if (name.length > LONGEST) return `has ${name.length} characters, which is more than ${LONGEST}`;
  const prefix = PREFIXES_OF[kind].find((candidate) => name.startsWith(`${candidate}:`));
  const rest = prefix === undefined ? name : name.slice(prefix.length + 1);
  if (rest === '') return `names nothing after "${prefix}:", where ${PREFIXES[prefix as string]} belongs`;
  if (!CHARACTERS.test(rest)) return 'has a character other than letters, digits, "-", "_", "/", "." and "@"';
  return prefix === 'pack' ? packProblem(rest) : releaseProblem(name, kind);
}
