/** The writing side of an OCI registry: blobs in one piece, and manifests under tags. */
import { isJsonObject } from '../../lib/json.ts';
import type { ImageName } from '../../kube/image-reference.ts';
import type { HttpAnswer } from '../http/exchange.ts';
import { locationFrom } from '../http/http-client.ts';
import { RemoteError } from '../remote-error.ts';
import type { Blob } from './artifact.ts';
import { conversation, manifestQuestion, nameOf, type RegistrySettings } from './conversation.ts';
import { manifestOf, type Manifest } from './manifest.ts';
import { refusal } from './refusal.ts';

/** `digest` is empty: what is written has a tag. */
export type TaggedImage = ImageName & { readonly digest: '' };

export interface RegistryWriter {
  /** What the tag has now, with its bytes; null when there is no such tag. */
  readonly tagged: (image: TaggedImage) => Promise<StoredManifest | null>;
  /** Sends the blob unless the repository has it. */
  readonly putBlob: (image: TaggedImage, blob: Blob) => Promise<void>;
  readonly putManifest: (image: TaggedImage, manifest: Blob) => Promise<void>;
  readonly close: () => void;
}

export interface StoredManifest extends Manifest {
  readonly stored: Blob;
}

/** Of what a registry says to an upload. */
const MOST_ANSWER_BYTES = 1024 * 1024;
/** A slow line may take this long for a large artifact, as long as something moves. */
const LONGEST_UPLOAD_MILLISECONDS = 30 * 60_000;
/** An upload that a registry lost is begun anew. */
const MOST_UPLOADS = 3;

export function registryWriter(settings: RegistrySettings): RegistryWriter {
  const patience = { totalMilliseconds: LONGEST_UPLOAD_MILLISECONDS, ...settings.patience };
  const { ask, close } = conversation({ ...settings, patience }, 'pull,push');
  return { tagged, putBlob, putManifest, close };

  async function tagged(image: TaggedImage): Promise<StoredManifest | null> {
    const answer = await ask(image, { method: 'GET', ...manifestQuestion(image) });
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw refusal(answer, image.registry, nameOf(image));
    const stated = answer.headers['docker-content-digest'];
    const manifest = manifestOf(answer.body, [typeof stated === 'string' ? stated : undefined], image.registry, nameOf(image));
    const mediaType = manifest.content['mediaType'] ?? answer.headers['content-type'] ?? '';
    return { ...manifest, stored: { mediaType: String(mediaType), digest: manifest.digest, bytes: answer.body } };
  }

  async function putBlob(image: TaggedImage, { digest, bytes }: Blob): Promise<void> {
    const what = `${image.repository}/blobs/${digest}`;
    for (let upload = 1; ; upload += 1) {
      const present = await ask(image, { method: 'HEAD', path: `blobs/${digest}`, maxBytes: MOST_ANSWER_BYTES });
      if (present.status === 200) return;
      const begun = await ask(image, { method: 'POST', path: 'blobs/uploads/', maxBytes: MOST_ANSWER_BYTES });
      const { location } = begun.headers;
      if (begun.status !== 202 || location === undefined) throw refusal(begun, image.registry, what);
      const path = locationFrom(begun.url, location);
      path.searchParams.set('digest', digest);
      const type = 'application/octet-stream';
      const sent = await ask(image, { method: 'PUT', path, body: bytes, type, maxBytes: MOST_ANSWER_BYTES });
      if (sent.status === 201) return;
      if (!isLost(sent) || upload === MOST_UPLOADS) throw refusal(sent, image.registry, what);
    }
  }

  async function putManifest(image: TaggedImage, { mediaType, digest, bytes }: Blob): Promise<void> {
    const path = `manifests/${image.tag}`;
    const answer = await ask(image, { method: 'PUT', path, body: bytes, type: mediaType, maxBytes: MOST_ANSWER_BYTES });
    if (answer.status !== 201) throw refusal(answer, image.registry, nameOf(image));
    const stated = answer.headers['docker-content-digest'];
    if (typeof stated === 'string' && stated.startsWith('sha256:') && stated !== digest)
      throw new RemoteError(image.registry, `keeps other bytes for ${nameOf(image)} than were sent: ${stated} instead of ${digest}`);
  }
}

/** A session that is gone, because the answer to the first attempt was lost or because another replica answers. */
function isLost({ status }: HttpAnswer): boolean {
  return status === 404 || status === 416 || status >= 500;
}

/** The descriptors that a manifest lists under `layers`, as far as they say anything. */
export function layersOf({ content }: Manifest): { readonly mediaType: unknown; readonly digest: unknown }[] {
  const { layers } = content;
  return Array.isArray(layers)
    ? layers.map((layer: unknown) => (isJsonObject(layer) ? layer : {})).map(({ mediaType, digest }) => ({ mediaType, digest }))
    : [];
}
