/** The choice that `word` was most likely meant to be, or null when none is near; the first of equals. */
export function nearest(word: string, choices: readonly string[]): string | null {
  const lowerCase = word.toLowerCase();
  // A third of the letters may be wrong, and in short words one.
  let distance = Math.max(1, Math.floor(word.length / 3)) + 1;
  let best: string | null = null;
  for (const choice of choices) {
    if (Math.abs(choice.length - word.length) >= distance) continue;
    const candidate = editDistance(lowerCase, choice.toLowerCase());
    // As many edits as a choice has letters would make any word of it.
    if (candidate < distance && candidate < choice.length) {
      distance = candidate;
      best = choice;
    }
  }
  return best;
}

/** Letters to add, drop, replace or swap with their neighbour to make `right` of `left`. */
function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const current = [i];
    for (let j = 1; j <= right.length; j++) {
      const replaced = at(previous, j - 1) + (left[i - 1] === right[j - 1] ? 0 : 1);
      const swaps = left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      const swapped = i > 1 && j > 1 && swaps ? at(beforePrevious, j - 2) + 1 : replaced;
      current.push(Math.min(at(previous, j) + 1, at(current, j - 1) + 1, replaced, swapped));
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, right.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}
