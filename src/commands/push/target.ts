import { DOCKER_HUB, isImageRepository, isImageTag, isRegistry } from '../../kube/image-reference.ts';
import { UsageError } from '../command.ts';

export interface Target {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
}

const SCHEME = 'oci://';
const FORM = 'expected oci://HOST/REPOSITORY:TAG';

/** The place that `oci://HOST/REPOSITORY:TAG` names. */
export function targetOf(address: string | undefined): Target {
  if (address === undefined) throw new UsageError(`no place to push to; ${FORM} and the input`);
  if (!address.startsWith(SCHEME)) throw new UsageError(`"${address}" is no place to push to; ${FORM}`);
  const rest = address.slice(SCHEME.length);
  const slash = rest.indexOf('/');
  const [host, path] = [rest.slice(0, Math.max(0, slash)), rest.slice(slash + 1)];
  // Not repeated: it may be a password.
  if (host.includes('@')) throw new UsageError(`the address holds credentials; "docker login" keeps them, and ${FORM}`);
  if (path.includes('@')) throw new UsageError(`"${address}" names a digest, which follows from what is pushed; ${FORM}`);
  const colon = path.lastIndexOf(':');
  const [repository, tag] = colon < 0 ? [path, ''] : [path.slice(0, colon), path.slice(colon + 1)];
  if (host.includes('/') || !isRegistry(host) || !isImageRepository(`registry.invalid/${repository}`))
    throw new UsageError(`"${address}" is no place to push to; ${FORM}, in lower case`);
  if (colon < 0) throw new UsageError(`"${address}" has no tag; ${FORM}`);
  return { registry: host === 'index.docker.io' ? DOCKER_HUB : host, repository, tag: checkedTag(tag) };
}

export function checkedTag(tag: string): string {
  if (!isImageTag(tag))
    throw new UsageError(`"${tag}" is no tag; expected at most 128 letters, digits, "_", "." and "-", of which the first is no "." or "-"`);
  return tag;
}
