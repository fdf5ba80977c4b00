/** The lock file's answers: what exactly stands behind each name that the input uses. */
import type { OpenClawLock } from '../generated/openclaw-lock.ts';
import { imageFromRegistry } from '../kube/registry-override.ts';
import type { SourceObject } from '../parse/source.ts';
import { lockedPacks, type LockedPacks } from './locked-packs.ts';
import type { Resolved } from './resolved.ts';

export interface Lock {
  /** Digest by image reference as it is rendered, after the registry override. */
  readonly images: ReadonlyMap<string, string>;
  readonly packs: LockedPacks;
  /** Release by the name that agents use, from `spec.skills` and from `spec.plugins`. */
  readonly skills: ReadonlyMap<string, LockedPackage>;
  readonly plugins: ReadonlyMap<string, LockedPackage>;
  /** The user's own text, for messages. */
  readonly source: SourceObject;
}

export interface LockedPackage {
  /** Exact. */
  readonly version: string;
  /** As the registry gives it, e.g. `sha512-…`; undefined where it gives none. */
  readonly integrity?: string;
  /** Id under which OpenClaw knows a plugin; undefined where the registry does not say it. */
  readonly id?: string;
}

/** Takes objects that passed their schemas. */
export function lockOf(source: SourceObject, packs: readonly SourceObject[]): Lock {
  const { images, skills, plugins } = source.value as unknown as OpenClawLock;
  return {
    images: new Map(Object.entries(images ?? {})),
    packs: lockedPacks(source, packs),
    skills: new Map(Object.entries(skills ?? {})),
    plugins: new Map(Object.entries(plugins ?? {})),
    source,
  };
}

/** The digest that the lock has for an image of ours as the spec names it, or undefined. */
export function lockedDigest(
  { imageDigests, registry }: Pick<Resolved, 'imageDigests' | 'registry'>,
  reference: string,
): string | undefined {
  return imageDigests.get(imageFromRegistry(reference, registry));
}
