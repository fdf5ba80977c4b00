/** The parts of an image reference, as registries and the kubelet read them. */

const HOST =
  '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:.]+\\])(?::[0-9]+)?';
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const PATH = `${COMPONENT}(?:/${COMPONENT})*`;

const REPOSITORY = new RegExp(`^(?:${HOST}/)?${PATH}$`);
const REGISTRY = new RegExp(`^${HOST}(?:/${PATH})?/*$`);
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** True for an image's name without tag and digest, e.g. `registry.example.com:5000/team/app`. */
export function isImageRepository(text: string): boolean {
  return REPOSITORY.test(text);
}

export function isImageTag(text: string): boolean {
  return TAG.test(text);
}

export function isImageDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** True for a registry, with a path below it where there is one, e.g. `mirror.example.com/hub`. */
export function isRegistry(text: string): boolean {
  return REGISTRY.test(text);
}

/** True for a whole reference: repository, then tag, digest, both or neither. */
export function isImageReference(text: string): boolean {
  const at = text.indexOf('@');
  if (at >= 0 && !isImageDigest(text.slice(at + 1))) return false;
  const tagged = at < 0 ? text : text.slice(0, at);
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  if (colon >= 0 && !isImageTag(tagged.slice(colon + 1))) return false;
  return isImageRepository(colon < 0 ? tagged : tagged.slice(0, colon));
}
