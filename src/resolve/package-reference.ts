/** The names of skills and plugins, taken apart: `@owner/name`, `name` or `npm:package`, each with an optional `@version`. */

export interface PackageReference {
  readonly source: 'clawhub' | 'npm';
  /** Without version; ClawHub's `@owner/name` as written. */
  readonly package: string;
  /** Exact version or tag, or null. */
  readonly version: string | null;
}

const NPM = 'npm:';

export function packageReference(name: string): PackageReference {
  const source = name.startsWith(NPM) ? 'npm' : 'clawhub';
  const rest = source === 'npm' ? name.slice(NPM.length) : name;
  const at = rest.lastIndexOf('@');
  return at > 0 ? { source, package: rest.slice(0, at), version: rest.slice(at + 1) } : { source, package: rest, version: null };
}

/** Owner and slug of a skill on ClawHub; `@name` and `owner/name` are other spellings of `name` and `@owner/name`. */
export function clawHubSkill(reference: string): { readonly owner: string | null; readonly slug: string } {
  const plain = reference.replace(/^@/, '');
  const slash = plain.indexOf('/');
  return slash < 0 ? { owner: null, slug: plain } : { owner: plain.slice(0, slash).toLowerCase(), slug: plain.slice(slash + 1) };
}
