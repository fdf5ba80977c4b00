/** Brings an artifact into a registry, unless its tag has these files already. */
import { isJsonObject } from '../../lib/json.ts';
import type { Artifact } from './artifact.ts';
import type { Manifest } from './manifest.ts';
import { layersOf, type RegistryWriter, type TaggedImage } from './writer.ts';

export interface Published {
  /** Of the manifest that the tag has now. */
  readonly digest: string;
  /** False when the tag had the same files, of the same types, already. */
  readonly pushed: boolean;
  /** The further tags that had something else before. */
  readonly movedTags: readonly string[];
}

/** The tag first, then `furtherTags`, so that what follows a moving tag finds everything there. */
export async function publish(
  writer: RegistryWriter,
  image: TaggedImage,
  { config, layer, manifest }: Artifact,
  furtherTags: readonly string[],
): Promise<Published> {
  const present = await writer.tagged(image);
  const isPresent = present !== null && holds(present, { config, layer, manifest });
  if (!isPresent) {
    await writer.putBlob(image, layer);
    await writer.putBlob(image, config);
    await writer.putManifest(image, manifest);
  }
  const stored = isPresent ? present.stored : manifest;
  const movedTags: string[] = [];
  for (const tag of furtherTags) {
    const further = { ...image, tag };
    if ((await writer.tagged(further))?.digest === stored.digest) continue;
    await writer.putManifest(further, stored);
    movedTags.push(tag);
  }
  return { digest: stored.digest, pushed: !isPresent, movedTags };
}

/** Times and revisions differ with every commit; a new digest for the same files would make everyone apply them again. */
function holds(present: Manifest, { config, layer }: Artifact): boolean {
  const [first, ...others] = layersOf(present);
  const { config: presentConfig } = present.content;
  return (
    others.length === 0 &&
    first?.digest === layer.digest &&
    first.mediaType === layer.mediaType &&
    isJsonObject(presentConfig) &&
    presentConfig['mediaType'] === config.mediaType
  );
}
