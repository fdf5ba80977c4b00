/** The difference of two texts by lines, as `diff -u` shows it. */

export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

export interface Hunk {
  /** Number of its first line in the old and in the new text, from 1. */
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly DiffLine[];
}

const CONTEXT_LINES = 3;
/** Texts further apart than this many lines are shown as one block that replaces another: nobody reads more, and the search is quadratic in it. */
const MOST_EDITS = 400;

/** Empty for equal texts. */
export function lineDiff(oldText: string, newText: string): Hunk[] {
  const [older, newer] = [linesOf(oldText), linesOf(newText)];
  let start = 0;
  while (start < older.length && start < newer.length && older[start] === newer[start]) start += 1;
  let end = 0;
  while (end < older.length - start && end < newer.length - start && older.at(-1 - end) === newer.at(-1 - end)) end += 1;
  const middle = edits(older.slice(start, older.length - end), newer.slice(start, newer.length - end));
  return hunks([...same(older.slice(0, start)), ...middle, ...same(older.slice(older.length - end))]);
}

function same(lines: readonly string[]): DiffLine[] {
  return lines.map((text) => ({ sign: ' ', text }));
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The shortest way from one to the other, by the greedy search of Myers. */
function edits(older: readonly string[], newer: readonly string[]): DiffLine[] {
  const most = Math.min(older.length + newer.length, MOST_EDITS);
  /** For each number of edits, how far each diagonal got. */
  const reached: Map<number, number>[] = [];
  let frontier = new Map([[1, 0]]);
  for (let count = 0; count <= most; count += 1) {
    reached.push(frontier);
    frontier = new Map(frontier);
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      let x = startOn(reached[count] as Map<number, number>, diagonal, count);
      while (x < older.length && x - diagonal < newer.length && older[x] === newer[x - diagonal]) x += 1;
      frontier.set(diagonal, x);
      if (x >= older.length && x - diagonal >= newer.length) return walked(older, newer, reached);
    }
  }
  return [...older.map((text): DiffLine => ({ sign: '-', text })), ...newer.map((text): DiffLine => ({ sign: '+', text }))];
}

function isDown(frontier: ReadonlyMap<number, number>, diagonal: number, count: number): boolean {
  return diagonal === -count || (diagonal !== count && (frontier.get(diagonal - 1) ?? -1) < (frontier.get(diagonal + 1) ?? -1));
}

function startOn(frontier: ReadonlyMap<number, number>, diagonal: number, count: number): number {
  return isDown(frontier, diagonal, count) ? (frontier.get(diagonal + 1) ?? 0) : (frontier.get(diagonal - 1) ?? 0) + 1;
}

/** Back from the end along the diagonals that the search came by. */
function walked(older: readonly string[], newer: readonly string[], reached: readonly ReadonlyMap<number, number>[]): DiffLine[] {
  const lines: DiffLine[] = [];
  let x = older.length;
  let y = newer.length;
  for (let count = reached.length - 1; count >= 0; count -= 1) {
    const frontier = reached[count] as ReadonlyMap<number, number>;
    const diagonal = x - y;
    const down = isDown(frontier, diagonal, count);
    const from = down ? diagonal + 1 : diagonal - 1;
    const fromX = frontier.get(from) ?? 0;
    const startX = down ? fromX : fromX + 1;
    while (x > startX) {
      x -= 1;
      y -= 1;
      lines.push({ sign: ' ', text: older[x] as string });
    }
    if (count === 0) break;
    if (down) lines.push({ sign: '+', text: newer[(y -= 1)] as string });
    else lines.push({ sign: '-', text: older[(x -= 1)] as string });
  }
  return lines.reverse();
}

/** The changed lines with those around them. */
function hunks(lines: readonly DiffLine[]): Hunk[] {
  const found: { oldStart: number; newStart: number; lines: DiffLine[] }[] = [];
  let oldNumber = 1;
  let newNumber = 1;
  let lastShown = -1;
  for (const [index, line] of lines.entries()) {
    const isNear = lines.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1).some(({ sign }) => sign !== ' ');
    if (isNear) {
      if (lastShown !== index - 1 || found.length === 0) found.push({ oldStart: oldNumber, newStart: newNumber, lines: [] });
      found.at(-1)?.lines.push(line);
      lastShown = index;
    }
    if (line.sign !== '+') oldNumber += 1;
    if (line.sign !== '-') newNumber += 1;
  }
  return found;
}
