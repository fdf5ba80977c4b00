/**
 * The client of OCI registries: manifests, tags, referrers and small blobs of images, read only.
 * Loopback registries are spoken to in plain HTTP, as Docker does it, all others over TLS.
 */
import { isImageDigest, type ImageName } from '../../kube/image-reference.ts';
import { isJsonObject } from '../../lib/json.ts';
import type { HttpAnswer } from '../http/exchange.ts';
import { RemoteError } from '../remote-error.ts';
import { conversation, manifestQuestion, nameOf, type Question, type RegistrySettings } from './conversation.ts';
import {
  ACCEPTED_TYPES,
  descriptorsOf,
  digestOf,
  INDEX_TYPES,
  manifestOf,
  MOST_MANIFEST_BYTES,
  platformText,
  type Descriptor,
  type Manifest,
} from './manifest.ts';
import { allTags, nextQuery } from './pages.ts';
import { refusal } from './refusal.ts';

export interface Registry {
  /** The digest that the registry states, by HEAD, which rate limits do not count as a pull; null when it states none. */
  readonly statedDigest: (image: ImageName) => Promise<string | null>;
  /** The index or manifest, its digest computed from its bytes. */
  readonly manifest: (image: ImageName) => Promise<Manifest>;
  /** The platforms it runs on, such as `linux/amd64`; for a single manifest its configuration is read. */
  readonly platforms: (image: ImageName, manifest: Manifest) => Promise<string[]>;
  readonly tags: (image: ImageName) => Promise<string[]>;
  /** What is attached to a digest, such as signatures, by the API or by the tag that stands in for it. */
  readonly referrers: (image: ImageName, digest: string, artifactType?: string) => Promise<Descriptor[]>;
  /** A blob of at most `maxBytes`, checked against its digest. */
  readonly blob: (image: ImageName, digest: string, maxBytes: number) => Promise<Buffer>;
  readonly close: () => void;
}

const MOST_REFERRER_PAGES = 100;
const NO_REFERRERS_API: ReadonlySet<number> = new Set([400, 404, 405]);
/** Types of configurations of any content, and none. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  '',
  'application/vnd.oci.empty.v1+json',
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);
const MOST_UNCLEAR = 200;
const MOST_LIST_BYTES = 16 * 1024 * 1024;
const MOST_CONFIG_BYTES = 4 * 1024 * 1024;

export function registry(settings: RegistrySettings): Registry {
  const { ask, close } = conversation(settings, 'pull');
  return { statedDigest, manifest, platforms, tags, referrers, blob, close };

  async function statedDigest(image: ImageName): Promise<string | null> {
    const answer = await ask(image, { method: 'HEAD', ...manifestQuestion(image) });
    // An answer to HEAD has no text: GET will say why.
    if (answer.status === 404 || answer.status === 405) return null;
    if (answer.status !== 200) throw refusal(answer, image.registry, nameOf(image));
    const digest = answer.headers['docker-content-digest'];
    return typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : null;
  }

  async function manifest(image: ImageName): Promise<Manifest> {
    const answer = await found(image, { method: 'GET', ...manifestQuestion(image) });
    const stated = answer.headers['docker-content-digest'];
    const expected = [image.digest || undefined, typeof stated === 'string' ? stated : undefined];
    return manifestOf(answer.body, expected, image.registry, nameOf(image));
  }

  async function platforms(image: ImageName, from: Manifest): Promise<string[]> {
    if (from.kind === 'index') {
      const texts = descriptorsOf(from).map(({ platform }) => platformText(platform));
      return [...new Set(texts.filter((text) => text !== null))].sort();
    }
    const { config } = from.content;
    const digest = isJsonObject(config) ? config['digest'] : undefined;
    if (typeof digest !== 'string') throw new RemoteError(image.registry, `has a manifest without a configuration for ${nameOf(image)}`);
    const text = platformText(jsonObject(await blob(image, digest, MOST_CONFIG_BYTES)));
    return text === null ? [] : [text];
  }

  function tags(image: ImageName): Promise<string[]> {
    return allTags((query) => found(image, { method: 'GET', path: 'tags/list', query, maxBytes: MOST_LIST_BYTES }), image.registry);
  }

  async function referrers(image: ImageName, digest: string, artifactType?: string): Promise<Descriptor[]> {
    const all: Descriptor[] = [];
    let query: URLSearchParams | null = new URLSearchParams(artifactType === undefined ? {} : { artifactType });
    for (let pages = 0; query !== null; pages += 1) {
      if (pages === MOST_REFERRER_PAGES) throw new RemoteError(image.registry, `has more than ${pages} pages of what refers to ${digest}`);
      let answer = await ask(image, {
        method: 'GET',
        path: `referrers/${digest}`,
        query,
        accept: INDEX_TYPES[0],
        maxBytes: MOST_LIST_BYTES,
      });
      // A registry without the API has an index under a tag instead, or nothing.
      if (NO_REFERRERS_API.has(answer.status)) {
        const path = `manifests/${digest.replace(':', '-')}`;
        answer = await ask(image, { method: 'GET', path, accept: ACCEPTED_TYPES, maxBytes: MOST_MANIFEST_BYTES });
        if (answer.status === 404) return [];
      }
      if (answer.status !== 200) throw refusal(answer, image.registry, `what refers to ${digest}`);
      all.push(...descriptorsOf(manifestOf(answer.body, [], image.registry, `what refers to ${digest}`)));
      query = nextQuery(answer.headers.link);
    }
    // Registries may leave the choice to us.
    return artifactType === undefined ? all : ofType(image, all, artifactType);
  }

  /** Some registries state the type of the configuration instead: where that says nothing, the manifest itself is asked. */
  async function ofType(image: ImageName, descriptors: readonly Descriptor[], artifactType: string): Promise<Descriptor[]> {
    const unclear = descriptors.filter((descriptor) => SAYS_NOTHING.has(descriptor.artifactType));
    if (unclear.length > MOST_UNCLEAR) throw new RemoteError(image.registry, `has more than ${MOST_UNCLEAR} referrers without a type`);
    const chosen: Descriptor[] = [];
    for (const descriptor of descriptors) {
      if (!SAYS_NOTHING.has(descriptor.artifactType)) {
        if (descriptor.artifactType === artifactType) chosen.push(descriptor);
      } else if (isImageDigest(descriptor.digest)) {
        const { content } = await manifest({ ...image, tag: '', digest: descriptor.digest });
        if (content['artifactType'] === artifactType) chosen.push({ ...descriptor, artifactType });
      }
    }
    return chosen;
  }

  async function blob(image: ImageName, digest: string, maxBytes: number): Promise<Buffer> {
    if (!isImageDigest(digest)) throw new RemoteError(image.registry, 'names a blob by what is no sha256 digest');
    const { body } = await found(image, { method: 'GET', path: `blobs/${digest}`, maxBytes });
    if (digestOf(body) !== digest) throw new RemoteError(image.registry, `sends other bytes for ${digest} than their digest says`);
    return body;
  }

  async function found(image: ImageName, question: Question & { readonly path: string }): Promise<HttpAnswer> {
    const answer = await ask(image, question);
    if (answer.status !== 200)
      throw refusal(
        answer,
        image.registry,
        question.path.startsWith('manifests/') ? nameOf(image) : `${image.repository}/${question.path}`,
      );
    return answer;
  }
}

function jsonObject(bytes: Buffer): Parameters<typeof platformText>[0] {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
