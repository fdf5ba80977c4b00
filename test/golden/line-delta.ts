/** The lines that one text has and the other has not, in order: `-line` and `+line`, by longest common subsequence. */
export function lineDelta(before: string, after: string): string[] {
  const from = before.split('\n');
  const to = after.split('\n');
  // lengths[i][j]: common lines of from[i…] and to[j…].
  const lengths = Array.from({ length: from.length + 1 }, () => new Uint32Array(to.length + 1));
  for (let i = from.length - 1; i >= 0; i -= 1) {
    for (let j = to.length - 1; j >= 0; j -= 1) {
      lengths[i]![j] = from[i] === to[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      i += 1;
      j += 1;
    } else if (j >= to.length || (i < from.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      lines.push(`-${from[i]}`);
      i += 1;
    } else {
      lines.push(`+${to[j]}`);
      j += 1;
    }
  }
  return lines;
}
