/**
 * The ConfigMap key of a workspace file: keys hold only letters, digits, `-`, `_` and `.`, so `/` becomes `--`, as the
 * operator has it. A file of an additional workspace is prefixed; workspace names hold no double hyphen, so the prefix is
 * unambiguous. Anything else outside the alphabet becomes `_xHH` for each UTF-8 byte; collisions are refused by a rule.
 */
export function workspaceFileKey(workspace: string | null, path: string): string {
  const key = path.split('/').map(encodedSegment).join('--');
  return workspace === null ? key : `--ws--${workspace}--${key}`;
}

function encodedSegment(segment: string): string {
  if (/^[-._a-zA-Z0-9]*$/.test(segment)) return segment;
  let encoded = '';
  for (const byte of new TextEncoder().encode(segment)) {
    const character = String.fromCharCode(byte);
    encoded += /[-._a-zA-Z0-9]/.test(character) ? character : `_x${byte.toString(16).padStart(2, '0')}`;
  }
  return encoded;
}
