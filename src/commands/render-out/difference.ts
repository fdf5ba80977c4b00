/** What differs between a directory of rendered files and what the input renders, for people. */
import { printable } from '../../diagnostics/printable.ts';
import { lineDiff, type Hunk } from '../../lib/line-diff.ts';

export interface FileChange {
  /** Path in the directory. */
  readonly path: string;
  /** Null where there is no such file. */
  readonly oldText: string | null;
  /** Null for a file that is left over. */
  readonly newText: string | null;
}

export interface Differences {
  readonly add: (change: FileChange) => void;
  /** Number of files that differ. */
  readonly count: () => number;
  /** The first of them, and the line of its old text where it first differs. */
  readonly first: () => { readonly path: string; readonly line: number } | null;
  /** As `diff -u` has it, at most so many lines; contents of Secrets are not shown. */
  readonly text: () => string;
}

const MOST_LINES = 200;
const LONGEST_LINE = 200;

/** Keeps what is shown and nothing else, so that memory does not grow with the number of files. */
export function differences(directory: string): Differences {
  const lines: string[] = [];
  let count = 0;
  let unshown = 0;
  let first: { path: string; line: number } | null = null;
  return { add, count: () => count, first: () => first, text };

  function add(change: FileChange): void {
    count += 1;
    first ??= { path: change.path, line: firstDifference(change) };
    if (lines.length >= MOST_LINES) unshown += 1;
    else lines.push(...linesOf(change, directory));
  }

  function text(): string {
    const shown = lines
      .slice(0, MOST_LINES)
      .map((line) => printable(line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE)}…`));
    if (lines.length > MOST_LINES) shown.push(`… and ${lines.length - MOST_LINES} more lines`);
    if (unshown > 0) shown.push(`… and ${unshown} more files`);
    return shown.map((line) => `${line}\n`).join('');
  }
}

function firstDifference({ oldText, newText }: FileChange): number {
  const [hunk] = lineDiff(oldText ?? '', newText ?? '');
  return hunk === undefined ? 1 : Math.max(1, hunk.oldStart + hunk.lines.findIndex(({ sign }) => sign !== ' '));
}

function linesOf({ path, oldText, newText }: FileChange, directory: string): string[] {
  const shown = withoutSecrets(oldText ?? '', newText ?? '');
  return [
    oldText === null ? '--- nothing' : `--- ${directory}/${path}`,
    newText === null ? '+++ nothing' : `+++ ${directory}/${path} as it is rendered`,
    ...lineDiff(shown.oldText, shown.newText).flatMap((hunk) => [
      `@@ -${range(hunk, hunk.oldStart, '+')} +${range(hunk, hunk.newStart, '-')} @@`,
      ...hunk.lines.map(({ sign, text }) => `${sign}${text}`),
    ]),
  ];
}

function range({ lines }: Hunk, start: number, other: '-' | '+'): string {
  const count = lines.filter(({ sign }) => sign !== other).length;
  return `${count === 0 ? start - 1 : start},${count}`;
}

/** Whether it may hold a Secret's values: certain only of a document whose kind stands where we write it. */
function holdsSecret(document: string): boolean {
  const kinds = Array.from(document.matchAll(/^kind: (\w+)$/gm), ([, kind]) => kind ?? '');
  const isOther = kinds.length === 1 && kinds.every((kind) => kind !== 'Secret' && !kind.endsWith('List'));
  return !isOther && /kind["']?\s*:\s*["']?Secret\b/.test(document) && /(?<!meta)data["']?\s*:|last-applied/i.test(document);
}

/** Both texts with a remark in place of each line of Secrets that have values. */
function withoutSecrets(oldText: string, newText: string): { readonly oldText: string; readonly newText: string } {
  const [older, newer] = [documentsOf(oldText), documentsOf(newText)];
  return { oldText: shown(older, newer, 'as it is'), newText: shown(newer, older, 'as it is rendered') };
}

function shown(documents: readonly string[], others: readonly string[], version: string): string {
  const texts = documents.map((document) => {
    const remark = others.includes(document) ? '(a Secret, not shown)' : `(a Secret, not shown: ${version})`;
    return holdsSecret(document) ? document.replaceAll(/^.+$/gm, remark) : document;
  });
  return texts.join('---\n');
}

function documentsOf(text: string): string[] {
  return text.split(/^---\n/m);
}
