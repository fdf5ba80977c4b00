/**
 * Files as an OCI artifact with one layer, in bytes that depend on the files alone. The compressor is a package in JavaScript: what
 * zlib writes differs between its builds, and a digest that differs by machine would be a new revision for everyone who watches.
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Deflate } from 'fflate';
import { digestOf } from './manifest.ts';
import { tar, type TextFile } from './tar.ts';

/** `oci` is taken by Flux and by Argo CD, which refuses Flux's own types unless it is configured. */
export const MEDIA_TYPES = {
  oci: { config: 'application/vnd.oci.image.config.v1+json', layer: 'application/vnd.oci.image.layer.v1.tar+gzip' },
  flux: { config: 'application/vnd.cncf.flux.config.v1+json', layer: 'application/vnd.cncf.flux.content.v1.tar+gzip' },
} as const;
export type MediaTypes = keyof typeof MEDIA_TYPES;

export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';

export interface ArtifactSettings {
  readonly mediaTypes: MediaTypes;
  /** Where the files come from, such as the address of a Git repository. */
  readonly source: string | null;
  /** Of the source, such as `main@sha1:…`; Flux shows it as the origin of what it applies. */
  readonly revision: string | null;
  /** A fixed time in the form of RFC 3339: tools want one. */
  readonly created: string;
}

export interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Uint8Array;
}

export interface Artifact {
  readonly config: Blob;
  readonly layer: Blob;
  readonly manifest: Blob;
}

export function artifact(files: readonly TextFile[], { mediaTypes, source, revision, created }: ArtifactSettings): Artifact {
  const types = MEDIA_TYPES[mediaTypes];
  const { bytes, contentDigest } = gzippedTar(files);
  const layer = blob(types.layer, bytes);
  // It runs nowhere, and says so to what looks for images.
  const config = jsonBlob(types.config, {
    created,
    architecture: 'unknown',
    os: 'unknown',
    config: {},
    rootfs: { type: 'layers', diff_ids: [contentDigest] },
  });
  const manifest = jsonBlob(MANIFEST_TYPE, {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: descriptor(config),
    layers: [descriptor(layer)],
    annotations: {
      'org.opencontainers.image.created': created,
      ...(revision === null ? {} : { 'org.opencontainers.image.revision': revision }),
      ...(source === null ? {} : { 'org.opencontainers.image.source': source }),
    },
  });
  return { config, layer, manifest };
}

/** The archive and the digest of what is in it. */
function gzippedTar(files: readonly TextFile[]): { bytes: Buffer; contentDigest: string } {
  const pieces: Uint8Array[] = [];
  const deflate = new Deflate({ level: 6 }, (piece) => pieces.push(piece));
  const hash = createHash('sha256');
  let [checksum, size] = [0, 0];
  for (const piece of tar(files)) {
    hash.update(piece);
    checksum = crc32(piece, checksum);
    size += piece.length;
    deflate.push(piece);
  }
  deflate.push(new Uint8Array(0), true);
  // No time, no name, and no word on the system that wrote it (255).
  const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(checksum, 0);
  tail.writeUInt32LE(size % 2 ** 32, 4);
  return { bytes: Buffer.concat([head, ...pieces, tail]), contentDigest: `sha256:${hash.digest('hex')}` };
}

function jsonBlob(mediaType: string, content: object): Blob {
  return blob(mediaType, Buffer.from(JSON.stringify(content)));
}

function blob(mediaType: string, bytes: Uint8Array): Blob {
  return { mediaType, digest: digestOf(bytes), bytes };
}

function descriptor({ mediaType, digest, bytes }: Blob): object {
  return { mediaType, digest, size: bytes.length };
}
