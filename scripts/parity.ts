/**
 * `npm run parity`: the operator as oracle. Renders the inputs of test/parity/oracle, compares object by object with what the
 * operator creates, and counts the checklist. Fails on any difference that the departures table does not explain.
 *
 *     node scripts/parity.ts [--titles FILE] [--verbose] [CASE...]
 *
 * `--titles` takes the titles that `scripts/parity-titles.ts` wrote in a test run; without it the tests are run here.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AMENDED_CASES, OPEN_CASES, OPEN_FEATURES, REFUSED_CASES } from '../test/parity/cases.ts';
import { type ChecklistLine, checklistCounts, checklistProblems, readChecklist } from '../test/parity/checklist.ts';
import { DEPARTURES } from '../test/parity/departures.ts';
import { readDepartures } from '../test/parity/explain.ts';
import { absent } from '../test/parity/shape.ts';
import { type CaseResult, judgeCase } from './parity-case.ts';
import { renderInput } from './parity-render.ts';

const ROOT = new URL('..', import.meta.url).pathname;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { titles: { type: 'string' }, verbose: { type: 'boolean', default: false } },
});
const names = readdirSync(join(ROOT, 'test/parity/oracle'))
  .filter((file) => file.endsWith('.jsonl'))
  .map((file) => file.slice(0, -'.jsonl'.length))
  .sort();
const chosen = positionals.length > 0 ? positionals : names;
const table = readDepartures(DEPARTURES);

const results: CaseResult[] = [];
for (const name of chosen) {
  const result = judged(name);
  results.push(result);
  printCase(result);
}

const problems = results.flatMap((result) => result.problems);
// A part of the cases uses a part of the table, and says nothing about the checklist.
if (positionals.length === 0) {
  printOpenFeatures();
  const used = new Set(results.flatMap((result) => result.used));
  const unmatched = table
    .filter((read) => !used.has(read))
    .map(({ entry }) => `departure matches nothing: ${entry.kind} ${entry.name} ${entry.path}`);
  const strangers = [OPEN_CASES, REFUSED_CASES, AMENDED_CASES]
    .flatMap((cases) => Object.keys(cases))
    .filter((name) => !names.includes(name))
    .map((name) => `${name} is no case`);
  const checklist = readChecklist();
  const faults = checklistProblems(checklist, {
    titles: values.titles === undefined ? testTitles() : readFileSync(values.titles, 'utf8').split('\n'),
    departedIds: DEPARTURES.filter(({ operator }) => operator !== absent).flatMap(({ ids }) => ids),
    extendedIds: [
      ...DEPARTURES.filter(({ operator }) => operator === absent),
      ...Object.values(REFUSED_CASES),
      ...Object.values(AMENDED_CASES),
    ].flatMap(({ ids }) => ids),
    openFeatures: Object.keys(OPEN_FEATURES),
  });
  printChecklist(checklist);
  for (const problem of [...unmatched, ...strangers, ...faults]) {
    problems.push(problem);
    console.log(problem);
  }
}
console.log(problems.length === 0 ? 'parity: nothing is unexplained' : `parity: ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

function judged(name: string): CaseResult {
  try {
    return judgeCase(name, table, renderInput);
  } catch (error) {
    return { name, verdict: 'wrong', used: [], unexplained: [], problems: [`cannot be compared: ${String(error)}`] };
  }
}

function printCase({ name, verdict, used, problems: found }: CaseResult): void {
  const open = OPEN_CASES[name];
  const detail =
    verdict === 'departs'
      ? `${used.length} departures`
      : verdict === 'open'
        ? (open ?? []).join(', ')
        : verdict === 'refused'
          ? REFUSED_CASES[name]?.rule
          : '';
  console.log(`${verdict.padEnd(8)} ${name}${detail ? `: ${detail}` : ''}`);
  if (values.verbose)
    for (const { entry } of used)
      console.log(`           ${entry.kind} ${entry.name} ${entry.path} (${entry.ids.join(', ')}): ${entry.reason}`);
  for (const problem of found) console.log(`         ! ${problem}`);
}

function printOpenFeatures(): void {
  console.log('\nopen inputs by feature');
  for (const feature of Object.keys(OPEN_FEATURES)) {
    const cases = Object.entries(OPEN_CASES).filter(([, features]) => features.includes(feature));
    if (cases.length > 0) console.log(`${String(cases.length).padStart(5)}  ${feature}`);
  }
}

function printChecklist(checklist: readonly ChecklistLine[]): void {
  console.log('\n test  departure  open  area');
  const counts = checklistCounts(checklist);
  const total = (status: ChecklistLine['status']): number => counts.reduce((sum, line) => sum + line[status], 0);
  for (const line of [...counts, { area: 'all', test: total('test'), departure: total('departure'), open: total('open') }]) {
    console.log(`${String(line.test).padStart(5)}  ${String(line.departure).padStart(9)}  ${String(line.open).padStart(4)}  ${line.area}`);
  }
  console.log('');
}

function testTitles(): readonly string[] {
  const directory = mkdtempSync(join(tmpdir(), 'parity-'));
  try {
    const file = join(directory, 'titles.txt');
    const reporters = [
      '--test-reporter=./scripts/parity-titles.ts',
      `--test-reporter-destination=${file}`,
      '--test-reporter=dot',
      '--test-reporter-destination=stderr',
    ];
    const run = spawnSync(process.execPath, ['--test', ...reporters, 'test/**/*.test.ts'], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (run.status !== 0) console.log('some tests failed: their titles do not count');
    return readFileSync(file, 'utf8').split('\n');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
