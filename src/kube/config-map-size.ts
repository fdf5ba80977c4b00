/** Past this many bytes a client-side apply cannot keep its copy of an object, which must stay below 262,144. */
export const LARGE_CONFIG_MAP_BYTES = 200_000;

/** Length of `text` in UTF-8. Half of a surrogate pair counts as the replacement character that is written for it. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x80) bytes += code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
