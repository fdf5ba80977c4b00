import type { PreparePlan } from '../../lib/pod-plan.ts';
import type { Entry } from './file-system.ts';
import type { Adoption } from './journal.ts';
import { movedEntry } from './move-entry.ts';
import { OWN_PREFIX, firstNameBelow } from './volume-paths.ts';

/** An entry of the volume's root, with what matters for adopting it. */
export interface RootEntry {
  readonly name: string;
  readonly entry: Entry;
}

/** Names at the volume's root that are not state: what the plan keeps there, what it puts there itself, and our own. */
export function namesKeptAtRoot(plan: PreparePlan): ReadonlySet<string> {
  const { volume, directory, keepAtRoot } = plan.state;
  const kept = new Set(['lost+found', directory, ...keepAtRoot]);
  const paths = [
    ...plan.directories.map(({ path }) => path),
    ...plan.links.map(({ path }) => path),
    ...plan.files.map(({ target }) => target),
    ...plan.replaceSets.flatMap(({ root, record }) => [root, record]),
  ];
  for (const path of paths) {
    const name = firstNameBelow(volume, path);
    if (name !== null) kept.add(name);
  }
  return kept;
}

/** The entries of a root listing that belong into the state directory. */
export function adoptableNames(names: readonly string[], kept: ReadonlySet<string>): readonly string[] {
  return names.filter((name) => !kept.has(name) && !name.startsWith(OWN_PREFIX));
}

/** The steps of an adoption: own entries move, another user's are copied. */
export function adoption(entries: readonly RootEntry[], uid: number, left: readonly string[]): Adoption {
  const copied = entries.filter(({ entry }) => entry.uid !== uid).map(({ name }) => name);
  const moved = entries.filter(({ entry }) => entry.uid === uid).map(({ name, entry }) => movedEntry(name, entry));
  return { action: 'adopt', copied, moved, left: [...left.filter((name) => !copied.includes(name)), ...copied].sort() };
}
