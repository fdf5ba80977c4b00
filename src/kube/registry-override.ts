/** The registry that a mirror stands in for. */

/** A first path segment that names a registry: a dot, a bracketed IPv6 address, or a port. */
function looksLikeRegistry(segment: string): boolean {
  return segment.includes('.') || /^\[.*\]/.test(segment) || /:\d+$/.test(segment);
}

/** `image` taken from `registry` (which may hold a path): the registry segment is replaced, Docker Hub's implied parts disappear. */
export function imageFromRegistry(image: string, registry: string): string {
  if (registry === '' || image.startsWith(`${registry}/`)) return image;
  const path = image.replace(/^docker\.io\/library\//, '').replace(/^docker\.io\//, '');
  const slash = path.indexOf('/');
  const named = slash >= 0 && looksLikeRegistry(path.slice(0, slash));
  return `${registry}/${named ? path.slice(slash + 1) : path}`;
}
