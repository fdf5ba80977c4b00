import type { Location } from '../diagnostics/diagnostic.ts';
import { quoted } from '../diagnostics/quoted.ts';
import type { Json } from '../lib/json.ts';
import type { Path } from '../parse/source.ts';

const PLAIN = /^[\w.+-]{1,20}$/;
/** Below these stands text of the user's own, in which a secret may be. */
const FREE_TEXT = /^(?:value|raw|initialFiles|args|command|extraArgs|options|volumeAttributes|\w*[aA]nnotations)$/;

/** A value for a message, quoted if it is text and cut if it is long; null where it may be a secret, and for lists and maps. */
export function shown({
  path,
  value,
  location,
}: {
  readonly path: Path;
  readonly value: Json | undefined;
  readonly location: Location;
}): string | null {
  if (path.some((step) => typeof step === 'string' && FREE_TEXT.test(step))) return null;
  // As it stands in the text: 2026.10 and not the number 2026.1 that YAML makes of it.
  if (typeof value === 'number' || typeof value === 'boolean') return PLAIN.exec(textAt(location))?.[0] ?? String(value);
  // What the excerpt of the line hides, the message does not tell either.
  if (typeof value === 'string' && location.sourceLine?.includes(value)) return quoted(value);
  return null;
}

function textAt({ sourceLine = '', column, length }: Location): string {
  return sourceLine.slice(column - 1, column - 1 + length);
}
