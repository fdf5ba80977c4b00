import { quoted } from '../diagnostics/quoted.ts';
import { looksLikeCredential } from './credentials.ts';

/** Text of the user's in double quotes, cut if it is long; a credential that stands in the wrong place is not repeated. */
export function safelyQuoted(text: string): string {
  return looksLikeCredential(text) ? '"…"' : quoted(text);
}
