/** Manifests and indexes: what a digest stands for. */
import { createHash } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { RemoteError } from '../remote-error.ts';

export const INDEX_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
] as const;
const MANIFEST_TYPES = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json'] as const;
/** Registries answer 404 for what is there in a form that is not listed. */
export const ACCEPTED_TYPES = [...INDEX_TYPES, ...MANIFEST_TYPES].join(', ');
/** What registries take at most. */
export const MOST_MANIFEST_BYTES = 4 * 1024 * 1024;

export interface Manifest {
  /** Of the very bytes that came. */
  readonly digest: string;
  /** An index lists one manifest for each platform. */
  readonly kind: 'index' | 'manifest';
  readonly content: JsonObject;
}

export interface Descriptor {
  readonly digest: string;
  readonly mediaType: string;
  readonly artifactType: string;
  readonly annotations: JsonObject;
  readonly platform: JsonObject;
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The manifest that the bytes hold; `expected` is what the registry or the reference says of them. */
export function manifestOf(bytes: Buffer, expected: readonly (string | undefined)[], registry: string, what: string): Manifest {
  const digest = digestOf(bytes);
  for (const claimed of expected) {
    if (claimed !== undefined && claimed.startsWith('sha256:') && claimed !== digest)
      throw new RemoteError(registry, `sends other bytes for ${what} than their digest says: ${digest} instead of ${claimed}`);
  }
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8'));
  } catch {
    content = null;
  }
  if (!isJsonObject(content)) throw new RemoteError(registry, `has no manifest for ${what}: the answer is no JSON object`);
  if (content['schemaVersion'] === 1)
    throw new RemoteError(registry, `has only a manifest of Docker's schema 1 for ${what}, which no runtime pulls any more`);
  // Who reads it as the one would run something else than who reads it as the other.
  const isIndex = Array.isArray(content['manifests']);
  const isManifest = content['layers'] !== undefined || content['config'] !== undefined;
  if (isIndex === isManifest)
    throw new RemoteError(
      registry,
      `has no manifest for ${what}: the answer is ${isIndex ? 'an index and a manifest in one' : 'neither an index nor a manifest'}`,
    );
  return { digest, kind: isIndex ? 'index' : 'manifest', content };
}

/** The entries of an index that are well formed. */
export function descriptorsOf({ content }: Manifest): Descriptor[] {
  const { manifests } = content;
  if (!Array.isArray(manifests)) return [];
  return (manifests as readonly Json[]).flatMap((entry) => {
    if (!isJsonObject(entry) || typeof entry['digest'] !== 'string') return [];
    const { digest, mediaType, artifactType, annotations, platform } = entry;
    return [
      {
        digest,
        mediaType: typeof mediaType === 'string' ? mediaType : '',
        artifactType: typeof artifactType === 'string' ? artifactType : '',
        annotations: isJsonObject(annotations) ? annotations : {},
        platform: isJsonObject(platform) ? platform : {},
      },
    ];
  });
}

/** `os/architecture` with the variant where there is one; null for what runs nowhere, such as an attestation. */
export function platformText({ os, architecture, variant }: JsonObject): string | null {
  if (typeof os !== 'string' || typeof architecture !== 'string' || os === '' || os === 'unknown') return null;
  return `${os}/${architecture}${typeof variant === 'string' && variant !== '' ? `/${variant}` : ''}`;
}
