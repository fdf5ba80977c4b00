/** The parts of an image reference, as registries and the kubelet read them. */

/** Stands for the registry that references name by leaving it out. */
export const DOCKER_HUB = 'docker.io';

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

/** An image by the parts that a registry is asked with; of `tag` and `digest` at most one is empty. */
export interface ImageName {
  /** Host with port; `docker.io` where a reference names none. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** The parts of a valid reference, with what Docker Hub leaves out filled in, and the tag `latest` where there is neither tag nor digest. */
export function imageName(reference: string): ImageName {
  const [tagged = '', digest = ''] = reference.split('@');
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  const path = colon < 0 ? tagged : tagged.slice(0, colon);
  const tag = colon < 0 ? (digest === '' ? 'latest' : '') : tagged.slice(colon + 1);
  const slash = path.indexOf('/');
  const first = path.slice(0, Math.max(0, slash));
  if (first.includes('.') || first.includes(':') || first === 'localhost') {
    const registry = first === 'index.docker.io' ? DOCKER_HUB : first;
    const rest = path.slice(slash + 1);
    return { registry, repository: registry === DOCKER_HUB && !rest.includes('/') ? `library/${rest}` : rest, tag, digest };
  }
  return { registry: DOCKER_HUB, repository: slash < 0 ? `library/${path}` : path, tag, digest };
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
