import type { Manifest } from './manifest.ts';

/** How the API server refuses, in server-side apply, JSON in which a character stands without an escape that YAML does not allow. */
export const REFUSAL = 'yaml: control characters are not allowed';

const REFUSED = /[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/;

/** Whether the text holds such a character. */
export function isRefusedText(text: string): boolean {
  return REFUSED.test(text);
}

/** Whether no engine gets the object through server-side apply: they all send it without escapes. */
export function isRefusedServerSide({ object }: Manifest): boolean {
  return isRefusedText(JSON.stringify(object));
}
