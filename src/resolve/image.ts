import { versionOfTag } from './openclaw-version.ts';
import { INSTANCE_ANNOTATIONS, type Instance } from './instance.ts';
import type { ResolvedImage } from './resolved.ts';

export const OFFICIAL_REPOSITORY = 'ghcr.io/openclaw/openclaw';
/** The project publishes the same images on Docker Hub. */
const OFFICIAL_REPOSITORIES: ReadonlySet<string> = new Set([OFFICIAL_REPOSITORY, 'docker.io/openclaw/openclaw', 'openclaw/openclaw']);

export function resolveImage(instance: Instance): ResolvedImage {
  const image = instance.spec.image ?? {};
  const repository = image.repository || OFFICIAL_REPOSITORY;
  const digest = image.digest ?? '';
  return {
    reference: digest === '' ? `${repository}:${image.tag || 'latest'}` : `${repository}@${digest}`,
    pullPolicy: image.pullPolicy ?? 'IfNotPresent',
    // Server-side apply takes a name once.
    pullSecrets: [...new Set((image.pullSecrets ?? []).flatMap(({ name }) => (name ? [name] : [])))],
    isOfficial: OFFICIAL_REPOSITORIES.has(repository) && !(image.tag ?? '').endsWith('-slim'),
  };
}

/**
 * The OpenClaw version of the image: the annotation on the instance, else the tag, else the option of the whole run.
 * Null when none of them names one.
 */
export function namedVersion(instance: Instance, override: string | undefined): string | null {
  const said = instance.annotations[INSTANCE_ANNOTATIONS.openclawVersion];
  if (said !== undefined) return versionOfTag(said);
  return versionOfTag(instance.spec.image?.tag ?? '') ?? versionOfTag(override ?? '');
}

/**
 * The image of a container that comes with a feature, before the registry override: the digest wins over the tag, and Docker Hub
 * is named where older specs left it out.
 */
export function builtInImage(
  { repository, tag, digest }: { readonly repository?: string; readonly tag?: string; readonly digest?: string },
  official: string,
): string {
  const named = repository || official;
  const qualified = `docker.io/${named}` === official ? official : named;
  return digest ? `${qualified}@${digest}` : `${qualified}:${tag || 'latest'}`;
}
