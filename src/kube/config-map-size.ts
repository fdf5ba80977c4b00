/** Past this many bytes a client-side apply cannot keep its copy of an object, which must stay below 262,144. */
export const LARGE_CONFIG_MAP_BYTES = 200_000;

const UTF8 = new TextEncoder();

/** Length of `text` in UTF-8. Half of a surrogate pair counts as the replacement character that is written for it. */
export function utf8Bytes(text: string): number {
  return UTF8.encode(text).length;
}
