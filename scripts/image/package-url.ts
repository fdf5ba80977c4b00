/** Package URLs (ECMA-427), by which consumers of a bill of materials find what it lists. */

/** Qualifiers come in the order of their names, as the canonical form has them; those without a value are left out. */
export function packageUrl(type: string, name: string, version: string, qualifiers: Readonly<Record<string, string>> = {}): string {
  const path = name.split('/').map(encodeURIComponent).join('/');
  const given = Object.entries(qualifiers)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const query = given.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%3A', ':')}`);
  return `pkg:${type}/${path}${version === '' ? '' : `@${encodeURIComponent(version)}`}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}
