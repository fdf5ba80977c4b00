/** From the previous lock and the answers of the world to the next lock, and what is different. Pure. */
import { byCodeUnits } from '../../lib/code-unit-order.ts';
import type { Json } from '../../lib/json.ts';
import type { Question, SectionKey, Settled, VendoredFile } from './section.ts';

export interface SectionState {
  readonly section: SectionKey;
  /** Name -> first user. */
  readonly wanted: ReadonlyMap<string, string>;
  readonly locked: ReadonlyMap<string, Json>;
  /** What is locked and yet has to be asked again; it counts as changed until it has been. */
  readonly stale: ReadonlySet<string>;
}

export interface RenewalWishes {
  /** Ask again for what is locked already. */
  readonly updates: boolean;
  /** Keep what nothing of this input uses. */
  readonly keepsUnused: boolean;
}

export interface Change {
  readonly section: SectionKey;
  readonly name: string;
  readonly change: 'added' | 'changed' | 'removed';
  readonly usedBy?: string;
}

export interface Failure {
  readonly section: SectionKey;
  readonly name: string;
  readonly usedBy: string;
  readonly problem: string;
}

export interface Remark {
  readonly section: SectionKey;
  readonly name: string;
  readonly remark: string;
}

export interface SectionRenewal {
  /** In code-unit order. */
  readonly entries: ReadonlyMap<string, Json>;
  readonly changes: readonly Change[];
  readonly failures: readonly Failure[];
  readonly remarks: readonly Remark[];
  /** Files to be kept beside the lock. */
  readonly vendored: readonly VendoredFile[];
}

/** What has to be asked. */
export function questionsOf({ wanted, locked, stale }: SectionState, { updates }: RenewalWishes): Question[] {
  const names = [...wanted.keys()].filter((name) => updates || !locked.has(name) || stale.has(name));
  return names.sort(byCodeUnits).map((name) => ({ name, previous: locked.get(name) }));
}

/** A question with a problem leaves what was locked before; one that was not asked, for a mere check, counts as a change. */
export function renewed(
  { section, wanted, locked, stale }: SectionState,
  settled: readonly Settled[],
  wishes: RenewalWishes,
): SectionRenewal {
  const answers = new Map(settled.map((answer) => [answer.name, answer]));
  const names = new Set([...wanted.keys(), ...(wishes.keepsUnused ? locked.keys() : [])]);
  const entries = new Map<string, Json>();
  const changes: Change[] = [];
  for (const name of [...names].sort(byCodeUnits)) {
    const before = locked.get(name);
    const usedBy = wanted.get(name) ?? '';
    const answer = answers.get(name);
    const entry = answer?.entry ?? before;
    if (entry === undefined) {
      if (answer === undefined) changes.push({ section, name, change: 'added', usedBy });
      continue;
    }
    entries.set(name, entry);
    if (before === undefined) changes.push({ section, name, change: 'added', usedBy });
    else if (stale.has(name) || JSON.stringify(before) !== JSON.stringify(entry))
      changes.push({ section, name, change: 'changed', usedBy });
  }
  for (const name of [...locked.keys()].sort(byCodeUnits)) {
    if (!entries.has(name)) changes.push({ section, name, change: 'removed' });
  }
  const failures = settled.flatMap(({ name, problem }) =>
    problem === null ? [] : [{ section, name, usedBy: wanted.get(name) ?? '', problem }],
  );
  const remarks = settled.flatMap(({ name, remarks: said = [] }) => said.map((remark) => ({ section, name, remark })));
  const vendored = settled.flatMap((answer) => answer.vendored ?? []);
  return { entries, changes, failures, remarks, vendored };
}
