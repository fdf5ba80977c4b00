import { isPlainRelativePath } from './volume-paths.ts';

/** The paths that a record says were placed. Lines that could reach out of the root are ignored: records may be old or edited. */
export function placedPaths(record: string): readonly string[] {
  return record.split('\n').filter(isPlainRelativePath);
}

/** The text of a record: one path a line, in code-unit order. */
export function recordText(paths: readonly string[]): string {
  return [...new Set(paths)]
    .sort()
    .map((path) => `${path}\n`)
    .join('');
}
