/** The operator's behaviours as data (`checklist.jsonl`), and whether each is proven, departed from in writing, or still open. */
import { readFileSync } from 'node:fs';

interface Behaviour {
  readonly id: string;
  readonly area: string;
  readonly says: string;
}

/** `test` needs a test titled with the id, `departure` a reason, `open` the features that it waits for. */
export type ChecklistLine = Behaviour &
  (
    | { readonly status: 'test' }
    | { readonly status: 'departure'; readonly reason: string }
    | { readonly status: 'open'; readonly features: readonly string[] }
  );

export interface ChecklistEvidence {
  /** Titles of the tests that passed in this run. */
  readonly titles: readonly string[];
  /** Ids named by departures that change or drop what the operator has. */
  readonly departedIds: readonly string[];
  /** Ids named by departures that only add to it: the behaviour itself can still be proven. */
  readonly extendedIds: readonly string[];
  readonly openFeatures: readonly string[];
}

export function readChecklist(): readonly ChecklistLine[] {
  const lines = readFileSync(new URL('checklist.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as ChecklistLine);
}

/** What is wrong with the checklist, one sentence each; empty when every id has a status that holds. */
export function checklistProblems(lines: readonly ChecklistLine[], evidence: ChecklistEvidence): readonly string[] {
  const problems: string[] = [];
  const proven = provenIds(evidence.titles);
  const departed = new Set(evidence.departedIds);
  const open = new Set(evidence.openFeatures);
  const known = new Set<string>();
  for (const line of lines) {
    if (known.has(line.id)) problems.push(`${line.id} is there twice`);
    known.add(line.id);
    if (line.status === 'test') {
      if (!proven.has(line.id)) problems.push(`${line.id} (${line.says}): no test with this id in its title passed`);
      if (departed.has(line.id)) problems.push(`${line.id} is marked test, but a departure names it`);
    } else if (line.status === 'departure') {
      if (line.reason === '') problems.push(`${line.id} departs without a reason`);
    } else if (line.status === 'open') {
      // An id whose features are all there has nothing left to wait for.
      if (!line.features.some((feature) => open.has(feature)))
        problems.push(`${line.id} is open for ${line.features.join(', ')}, which no longer is`);
    } else {
      problems.push(`${(line as Behaviour).id} has no status`);
    }
  }
  for (const id of new Set([...proven, ...departed, ...evidence.extendedIds])) {
    if (/^(POD|ARD)-/.test(id) && !known.has(id)) problems.push(`${id} is named by a test or a departure, but it is not in the checklist`);
  }
  return problems;
}

export interface ChecklistCounts {
  readonly area: string;
  readonly test: number;
  readonly departure: number;
  readonly open: number;
}

/** Counts by area, in the checklist's order. */
export function checklistCounts(lines: readonly ChecklistLine[]): readonly ChecklistCounts[] {
  const areas = new Map<string, { area: string; test: number; departure: number; open: number }>();
  for (const { area, status } of lines) {
    const counts = areas.get(area) ?? { area, test: 0, departure: 0, open: 0 };
    counts[status] += 1;
    areas.set(area, counts);
  }
  return [...areas.values()];
}

function provenIds(titles: readonly string[]): ReadonlySet<string> {
  return new Set(titles.flatMap((title) => title.match(/\b(?:POD|ARD)-\d{3}\b/g) ?? []));
}
