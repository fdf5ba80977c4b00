/** Where a program says what it did. Lines never hold a configuration value or a token. */
export interface Log {
  /** Something that was changed. */
  readonly did: (line: string) => void;
  /** Something that was left as it is although the plan asks for it. */
  readonly warn: (line: string) => void;
}

/** A path or name as one printable ASCII word in quotes: agents choose file names, and a log line must stay one line. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
