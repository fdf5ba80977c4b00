/** Which version of a package a name stands for, as npm picks it: a tag, an exact version, or the start of one. */

export interface Release {
  readonly version: string;
  readonly isDeprecated: boolean;
}

interface Parts {
  readonly numbers: readonly number[];
  readonly prerelease: readonly string[];
}

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;
/** `1`, `1.2`, `1.x`, `1.2.x`. */
const START = /^v?(\d+)(?:\.(\d+))?(?:\.[xX])*$/;

/** The version, or null where there is none. `wanted` is empty for the newest. */
export function pickVersion(wanted: string, tags: Readonly<Record<string, unknown>>, releases: readonly Release[]): string | null {
  const has = (version: unknown): version is string => releases.some((release) => release.version === version);
  const exact = wanted.replace(/^v(?=\d)/, '');
  if (has(exact)) return exact;
  const tag = wanted === '' ? 'latest' : wanted;
  if (Object.hasOwn(tags, tag)) return has(tags[tag]) ? tags[tag] : null;
  const [, major, minor] = START.exec(wanted) ?? [];
  if (major === undefined) return null;
  const start = `${major}.${minor === undefined ? '' : `${minor}.`}`;
  const matching = releases.filter(({ version }) => version.startsWith(start) && partsOf(version)?.prerelease.length === 0);
  // npm prefers what the author calls the latest, and what the author has not taken back.
  const latest = tags['latest'];
  if (matching.some(({ version }) => version === latest)) return latest as string;
  const kept = matching.filter(({ isDeprecated }) => !isDeprecated);
  const sorted = (kept.length > 0 ? kept : matching).map(({ version }) => version).sort(compareVersions);
  return sorted.at(-1) ?? null;
}

function partsOf(version: string): Parts | null {
  const [, major, minor, patch, prerelease] = VERSION.exec(version) ?? [];
  if (major === undefined) return null;
  return { numbers: [major, minor, patch].map(Number), prerelease: prerelease === undefined ? [] : prerelease.split('.') };
}

/** Semantic versions without prereleases, older first. */
function compareVersions(left: string, right: string): number {
  const [one, other] = [partsOf(left)?.numbers ?? [], partsOf(right)?.numbers ?? []];
  const index = one.findIndex((number, place) => number !== other[place]);
  return index < 0 ? 0 : (one[index] as number) - (other[index] as number);
}
