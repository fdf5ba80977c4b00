/**
 * `npm run golden`: compares every golden case with what is rendered now. The proofs beyond equality are in `npm test`.
 *
 *     npm run golden                          check
 *     npm run golden -- --update CASE…        rewrite these cases; then read their delta.txt
 *     npm run golden -- --update-all          rewrite every case
 *     npm run golden -- --kustomize PATH      check the cases that need a kustomize binary
 */
import { parseArgs } from 'node:util';
import { caseInput, goldenCases, kustomizeCases, type GoldenCase } from '../test/golden/golden-case.ts';
import { goldenFiles, goldenProblems, writeGoldenFiles } from '../test/golden/golden-files.ts';
import { caseOutcome } from '../test/golden/outcome.ts';
import { readRelaxations, relaxationLines, writeRelaxations } from '../test/golden/relaxations.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    update: { type: 'boolean', default: false },
    'update-all': { type: 'boolean', default: false },
    kustomize: { type: 'string' },
  },
});
if (values.update !== positionals.length > 0) {
  console.error('Name the cases after --update, and nothing without it.');
  process.exit(2);
}

const { kustomize } = values;
const withKustomize = ({ args, ...rest }: GoldenCase): GoldenCase => ({ ...rest, args: [...args, `--kustomize=${kustomize}`] });
const all = kustomize === undefined ? goldenCases() : kustomizeCases().map(withKustomize);
const strangers = positionals.filter((name) => !all.some((known) => known.name === name));
if (strangers.length > 0) {
  console.error(`Not a golden case: ${strangers.join(', ')}.`);
  process.exit(2);
}
const rewrites = ({ name }: GoldenCase): boolean => values['update-all'] || positionals.includes(name);

const problems: string[] = [];
const kept = readRelaxations();
const relaxations: string[] = [];
for (const known of all) {
  const outcome = caseOutcome(known.name, await caseInput(known));
  const files = await goldenFiles(known, outcome);
  const lines = relaxationLines(known.name, outcome.objects).toSorted();
  const keptLines = kept.filter((line) => line.startsWith(`${known.name}  `));
  if (rewrites(known)) {
    writeGoldenFiles(known, files);
    console.log(`wrote golden/${known.name}`);
  } else {
    problems.push(...goldenProblems(known, files));
    if (kustomize === undefined && keptLines.join('\n') !== lines.join('\n'))
      problems.push(`golden/relaxations.txt differs for ${known.name}`);
  }
  relaxations.push(...(rewrites(known) ? lines : keptLines));
}
// The cases for kustomize repeat what others have.
if ((values.update || values['update-all']) && kustomize === undefined) writeRelaxations(relaxations);
for (const problem of problems) console.log(problem);
console.log(
  problems.length === 0
    ? `golden: ${all.length} cases`
    : `golden: ${problems.length} problems; rewrite with "npm run golden -- --update CASE", then read its delta.txt`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
