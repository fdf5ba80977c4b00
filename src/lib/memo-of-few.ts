/** `compute`, remembering its answers for the first `few` objects that it is asked about: later ones are worked out each time, so that memory stays flat. */
export function memoOfFew<K extends object, T>(few: number, compute: (key: K) => T): (key: K) => T {
  const answers = new Map<K, T>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = compute(key);
    if (answers.size < few) answers.set(key, answer);
    return answer;
  };
}
