const LONGEST = 40;

/** Text in double quotes, cut if it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`);
}
