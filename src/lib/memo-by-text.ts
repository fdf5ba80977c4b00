/** Texts shorter than this cost less to work through again than to look up. */
const SHORTEST = 1000;
const MOST_ENTRIES = 64;

/**
 * `compute`, remembering its answers for the last few long texts: programs and plans that a thousand instances share are
 * scanned, hashed and quoted once. `compute` must depend on the text alone, so that the memory changes time and nothing else.
 */
export function memoByText<T>(compute: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    if (text.length < SHORTEST) return compute(text);
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = compute(text);
    if (answers.size >= MOST_ENTRIES) answers.clear();
    answers.set(text, answer);
    return answer;
  };
}
