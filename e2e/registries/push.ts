/** Puts images into a registry, by its API alone. */
import { createHash } from 'node:crypto';

export interface Pusher {
  /** The digest of the manifest that the reference (a tag, or its digest) now has. */
  readonly manifest: (repository: string, reference: string, content: Readonly<Record<string, unknown>>) => Promise<string>;
  /** An image of one platform, kept apart from others by `text`. */
  readonly image: (repository: string, reference: string, text: string, options?: ImageOptions) => Promise<Pushed>;
  /** An index over one image for each platform. */
  readonly index: (repository: string, tag: string, text: string, platforms: readonly string[]) => Promise<string>;
}

export interface ImageOptions {
  readonly platform?: string;
  readonly type?: 'oci' | 'docker';
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface Pushed {
  readonly digest: string;
  readonly descriptor: Readonly<Record<string, unknown>>;
}

const OCI = 'application/vnd.oci.image';
const DOCKER = 'application/vnd.docker';

export function pusher(host: string, headers: Readonly<Record<string, string>> = {}): Pusher {
  return { manifest, image, index };

  async function blob(repository: string, bytes: Buffer): Promise<void> {
    const started = await send(`http://${host}/v2/${repository}/blobs/uploads/`, 'POST', 202);
    const place = new URL(started.headers.get('location') ?? '', `http://${host}`);
    place.searchParams.set('digest', sha256(bytes));
    await send(place.href, 'PUT', 201, bytes, 'application/octet-stream');
  }

  async function manifest(repository: string, reference: string, content: Readonly<Record<string, unknown>>): Promise<string> {
    const bytes = Buffer.from(JSON.stringify(content));
    const digest = sha256(bytes);
    const place = `http://${host}/v2/${repository}/manifests/${reference === '' ? digest : reference}`;
    await send(place, 'PUT', 201, bytes, String(content['mediaType']));
    return digest;
  }

  async function image(repository: string, reference: string, text: string, options: ImageOptions = {}): Promise<Pushed> {
    const { platform = 'linux/amd64', type = 'oci', extra = {} } = options;
    const [os, architecture] = platform.split('/');
    const config = Buffer.from(JSON.stringify({ os, architecture, config: { Labels: { text } } }));
    const layer = Buffer.from(text);
    await blob(repository, config);
    await blob(repository, layer);
    const isOci = type === 'oci';
    const content = {
      schemaVersion: 2,
      mediaType: isOci ? `${OCI}.manifest.v1+json` : `${DOCKER}.distribution.manifest.v2+json`,
      config: {
        mediaType: isOci ? `${OCI}.config.v1+json` : `${DOCKER}.container.image.v1+json`,
        digest: sha256(config),
        size: config.length,
      },
      layers: [{ mediaType: isOci ? `${OCI}.layer.v1.tar` : `${DOCKER}.image.rootfs.diff.tar`, digest: sha256(layer), size: layer.length }],
      ...extra,
    };
    const digest = await manifest(repository, reference, content);
    const size = Buffer.byteLength(JSON.stringify(content));
    return { digest, descriptor: { mediaType: content.mediaType, digest, size, platform: { os, architecture } } };
  }

  async function index(repository: string, tag: string, text: string, platforms: readonly string[]): Promise<string> {
    const manifests: unknown[] = [];
    for (const platform of platforms) manifests.push((await image(repository, '', `${text} ${platform}`, { platform })).descriptor);
    return manifest(repository, tag, { schemaVersion: 2, mediaType: `${OCI}.index.v1+json`, manifests });
  }

  async function send(url: string, method: string, expected: number, body?: Buffer, type?: string): Promise<Response> {
    const answer = await fetch(url, {
      method,
      headers: { ...headers, ...(type === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    });
    const text = await answer.text();
    if (answer.status !== expected) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
    return answer;
  }
}

export function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
