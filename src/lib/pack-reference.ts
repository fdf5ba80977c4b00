/** A skill pack as `spec.skills` names it: `pack:owner/repository/path[@revision]`. */
export interface PackReference {
  readonly owner: string;
  readonly repository: string;
  /** Directory of the pack in the repository, without slashes at its ends. */
  readonly path: string;
  /** Branch, tag or commit; null for the default branch. */
  readonly revision: string | null;
}

export const PACK_PREFIX = 'pack:';

/** The parts of a reference, or what is wrong with it, as a part of a sentence. */
export function parsePackReference(reference: string): PackReference | string {
  const text = reference.startsWith(PACK_PREFIX) ? reference.slice(PACK_PREFIX.length) : reference;
  const at = text.lastIndexOf('@');
  const place = at > 0 ? text.slice(0, at) : text;
  const revision = at > 0 ? text.slice(at + 1) : null;
  if (revision === '') return 'has no revision after "@"';
  const [owner = '', repository = '', ...path] = place.split('/');
  if (path.length === 0 || [owner, repository, ...path].includes('')) return 'does not name owner, repository and path';
  if ([owner, repository, ...path].some((part) => part === '.' || part === '..')) return 'has "." or ".." as a part';
  return { owner, repository, path: path.join('/'), revision };
}
