/** The grammar of skills and plugins in the spec. */
import { parsePackReference } from '../lib/pack-reference.ts';

const LONGEST = 128;
const CHARACTERS = /^[A-Za-z0-9\-_/.@]+$/;
/** What each prefix stands for. */
const PREFIXES: Readonly<Record<string, string>> = { npm: 'a package', pack: 'owner/repository/path' };

function packProblem(reference: string): string | null {
  const parsed = parsePackReference(reference);
  return typeof parsed === 'string' ? parsed : null;
}

/** What is wrong with a skill's or plugin's name, as a part of a sentence, or null. */
export function packageNameProblem(name: string, prefixes: readonly ('npm' | 'pack')[]): string | null {
  if (name === '') return 'is empty';
  if (name.length > LONGEST) return `has ${name.length} characters, which is more than ${LONGEST}`;
  const prefix = prefixes.find((candidate) => name.startsWith(`${candidate}:`));
  const rest = prefix === undefined ? name : name.slice(prefix.length + 1);
  if (rest === '') return `names nothing after "${prefix}:", where ${PREFIXES[prefix as string]} belongs`;
  if (!CHARACTERS.test(rest)) return 'has a character other than letters, digits, "-", "_", "/", "." and "@"';
  return prefix === 'pack' ? packProblem(rest) : null;
}
