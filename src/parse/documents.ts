/** A part of a file's text, by offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

// In column 1 these markers end a document wherever they stand, even inside block text and quotes.
const MARKER = /(?:^|\n)(---|\.\.\.)(?![^ \t\r\n])/g;

/** The documents of a YAML text without their `---` lines; stops after `limit` of them. */
export function documentRanges(text: string, limit: number): TextRange[] {
  const ranges: TextRange[] = [];
  let start = 0;
  for (const match of text.matchAll(MARKER)) {
    const markerStart = match.index + match[0].length - 3;
    let end = markerStart;
    const nextLine = startOfNextLine(text, markerStart);
    if (match[1] === '...') end = nextLine;
    if (end > start) ranges.push({ start, end });
    // A marker line with something on it (`--- # from x.yaml`, `--- {}`) stays with its document.
    start = match[1] === '...' || /^---[ \t]*\r?\n?$/.test(text.slice(markerStart, nextLine)) ? nextLine : markerStart;
    if (ranges.length >= limit) return ranges;
  }
  if (start < text.length) ranges.push({ start, end: text.length });
  return ranges;
}

function startOfNextLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline + 1;
}
