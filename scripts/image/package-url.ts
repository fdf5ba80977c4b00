/** Package URLs (ECMA-427), by which consumers of a bill of materials find what it lists. */

/** In the canonical form: qualifiers by their names, and none without a value. */
export function packageUrl(type: string, name: string, version: string, qualifiers: Readonly<Record<string, string>> = {}): string {
  const path = name.split('/').map(encoded).join('/');
  const query = Object.keys(qualifiers)
    .filter((key) => qualifiers[key] !== '')
    .toSorted()
    .map((key) => `${key}=${encoded(qualifiers[key] ?? '')}`);
  return `pkg:${type}/${path}${version === '' ? '' : `@${encoded(version)}`}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

/** All but letters, digits, `.`, `-`, `_`, `~` and the colon. */
function encoded(text: string): string {
  const others = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text)
    .replaceAll('%3A', ':')
    .replaceAll(/[!'()*]/g, others);
}
