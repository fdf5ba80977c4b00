/** The real kube-score over all golden outputs, compared with what our table says of its rules. */
import { spawnSync } from 'node:child_process';
import { byCodeUnits } from '../../src/lib/code-unit-order.ts';
import { RESERVED_CONTAINERS } from '../../src/validate/reserved-names.ts';
import { EXCEPTIONS } from '../../test/judges/exceptions.ts';
import { KUBE_SCORE } from '../../test/judges/tools/kube-score.ts';
import type { CheckResult } from '../cluster/report.ts';
import { binary } from '../tools/binary.ts';
import { goldenOutputs } from './golden-outputs.ts';

/** What kube-score calls all right. */
const ALL_OK = 10;
const KUBERNETES_VERSION = 'v1.34';

interface ScoredObject {
  readonly object_name: string;
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    /** `path` names the container, or is empty. */
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

export async function judgeByKubeScore(): Promise<CheckResult> {
  const program = await binary('kube-score');
  const failures: string[] = [...unknownRules(program)];
  const counts = new Map<string, number>();
  const verdicts = new Map(KUBE_SCORE.map(({ rule, verdict }) => [rule, verdict]));
  for (const { name, path } of goldenOutputs()) {
    for (const { rule, text } of findings(program, path)) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
      const verdict = verdicts.get(rule);
      if (verdict === undefined || 'silent' in verdict) failures.push(`${name}: ${rule} is said not to apply, but: ${text}`);
      else if ('met' in verdict && !isExcepted(verdict.met, name)) failures.push(`${name}: ${rule} is said to be met, but: ${text}`);
    }
  }
  for (const { rule, verdict } of KUBE_SCORE) {
    if ('departs' in verdict && !counts.has(rule)) failures.push(`${rule} is said to be departed from, but kube-score finds nothing`);
  }
  const rows = [...counts]
    .sort(([left], [right]) => byCodeUnits(left, right))
    .map(([rule, count]) => [rule, String(count), Object.keys(verdicts.get(rule) ?? {}).join()]);
  return {
    summary: `${goldenOutputs().length} golden outputs, ${KUBE_SCORE.length} rules`,
    rows: [['rule', 'findings', 'said'], ...rows],
    failures,
  };
}

/** Where the exception depends on a warning, the table test has held case and warning together. */
function isExcepted(predicate: string, golden: string): boolean {
  return EXCEPTIONS.some(
    (exception) => exception.predicate === predicate && (!Array.isArray(exception.where) || exception.where.includes(golden)),
  );
}

/** Every rule that the program has stands in our table, and no other. */
function unknownRules(program: string): string[] {
  const { stdout } = spawnSync(program, ['list'], { encoding: 'utf8' });
  const has = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(',')[0] ?? '');
  const said = KUBE_SCORE.map(({ rule }) => rule);
  return [
    ...has.filter((rule) => !said.includes(rule)).map((rule) => `${rule} is not in the table`),
    ...said.filter((rule) => !has.includes(rule)).map((rule) => `${rule} is in the table, but kube-score has no such rule`),
  ];
}

function findings(program: string, path: string): { readonly rule: string; readonly text: string }[] {
  const run = spawnSync(program, ['score', '-o', 'json', '--all-default-optional', '--kubernetes-version', KUBERNETES_VERSION, path], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  // It exits 1 when it finds something critical; without JSON it could not read the file.
  const scored = JSON.parse(run.stdout) as readonly ScoredObject[];
  return scored.flatMap(({ object_name: object, checks }) =>
    checks
      .filter(({ skipped, grade }) => !skipped && grade < ALL_OK)
      .flatMap(({ check, comments }) =>
        (comments ?? [])
          .filter(({ path: container }) => container === '' || RESERVED_CONTAINERS.has(container))
          .map(({ path: container, summary }) => ({ rule: check.id, text: `${object} ${container} ${summary}` })),
      ),
  );
}
