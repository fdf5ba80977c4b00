/** The lock file's answers: what exactly stands behind each name that the input uses. */
import type { OpenClawLock } from '../generated/openclaw-lock.ts';
import { imageFromRegistry } from '../kube/registry-override.ts';
import type { SourceObject } from '../parse/source.ts';
import type { Resolved } from './resolved.ts';

export interface Lock {
  /** Digest by image reference as it is rendered, after the registry override. */
  readonly images: ReadonlyMap<string, string>;
  /** The user's own text, for messages. */
  readonly source: SourceObject;
}

/** Takes an object that passed the schema. */
export function lockOf(source: SourceObject): Lock {
  const { images } = source.value as unknown as OpenClawLock;
  return { images: new Map(Object.entries(images ?? {})), source };
}

/** The digest that the lock has for an image of ours as the spec names it, or undefined. */
export function lockedDigest(
  { imageDigests, registry }: Pick<Resolved, 'imageDigests' | 'registry'>,
  reference: string,
): string | undefined {
  return imageDigests.get(imageFromRegistry(reference, registry));
}
