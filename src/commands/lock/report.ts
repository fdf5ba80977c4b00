/** What a lock run says: lines for people, or JSON for programs. */
import { byCodeUnits } from '../../lib/code-unit-order.ts';
import type { Change, Failure, Remark } from './renewal.ts';

export interface LockReport {
  /** As messages name it. */
  readonly file: string;
  /** `stale`: a check found that the file is not what it would be; `incomplete`: something could not be settled. */
  readonly status: 'written' | 'unchanged' | 'stale' | 'incomplete';
  readonly changes: readonly Change[];
  readonly failures: readonly Failure[];
}

const SIGNS = { added: '+', changed: '~', removed: '-' } as const;

export function reportJson({ file, status, changes, failures }: LockReport): string {
  return `${JSON.stringify({ file, status, changes, failures }, null, 2)}\n`;
}

/** For standard output: one line for each change, then what became of the file. */
export function reportText({ file, status, changes }: LockReport): string {
  const lines = changes.map(({ section, name, change, usedBy }) => {
    const user = usedBy === undefined || usedBy === '' ? '' : `  (${usedBy})`;
    return `${SIGNS[change]} ${section}  ${name}${user}\n`;
  });
  return `${lines.join('')}${file}: ${summary(status, changes)}\n`;
}

/** For standard error: one line for each failure. */
export function failuresText({ failures }: Pick<LockReport, 'failures'>): string {
  const sorted = [...failures].sort((left, right) => byCodeUnits(left.name, right.name));
  return sorted.map(({ name, usedBy, problem }) => `error: "${name}", which ${usedBy} uses, cannot be locked: ${problem}\n`).join('');
}

/** For standard error: one line for each remark. */
export function remarksText(remarks: readonly Remark[]): string {
  return remarks.map(({ name, remark }) => `warning: "${name}": ${remark}\n`).join('');
}

function summary(status: LockReport['status'], changes: readonly Change[]): string {
  if (changes.length === 0)
    return { written: 'brought into its usual form', unchanged: 'up to date', stale: 'stale', incomplete: 'not changed, and incomplete' }[
      status
    ];
  const counts = (['added', 'changed', 'removed'] as const).flatMap((kind) => {
    const count = changes.filter(({ change }) => change === kind).length;
    return count === 0 ? [] : [`${count} ${status === 'stale' ? 'to be ' : ''}${kind}`];
  });
  return [...counts, ...(status === 'incomplete' ? ['incomplete'] : [])].join(', ');
}
