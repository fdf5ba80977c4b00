/** Asks npm registries which exact release a name stands for. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { HttpAnswer, HttpRequest } from '../http/exchange.ts';
import type { HttpClient } from '../http/http-client.ts';
import { RemoteError } from '../remote-error.ts';
import type { NpmConfig } from './npm-config.ts';
import { pickVersion } from './pick-version.ts';
import { tarEntry } from './tar-entry.ts';

export interface NpmRelease {
  readonly version: string;
  /** SHA-512 (or what else the registry gives) of the archive; null where it gives none. */
  readonly integrity: string | null;
  /** Where the archive is. */
  readonly archive: URL | null;
}

export interface NpmRegistry {
  /** The release that `name` at a tag, version or start of one stands for; empty means the newest. */
  readonly release: (name: string, wanted: string) => Promise<NpmRelease>;
  /** The id in the archive's `openclaw.plugin.json`, or null where it has none. The archive must have the integrity of the release. */
  readonly pluginId: (release: NpmRelease) => Promise<string | null>;
}

/** The short form of a package's document. */
const SHORT_FORM = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8';
const MOST_DOCUMENT_BYTES = 64 * 1024 * 1024;
const MOST_ARCHIVE_BYTES = 64 * 1024 * 1024;
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i;
const INTEGRITY = /^(sha256|sha384|sha512)-([A-Za-z0-9+/]{43,86}={0,2})$/;
const PLUGIN_MANIFEST = 'openclaw.plugin.json';

export function npmRegistry(config: NpmConfig, { send }: Pick<HttpClient, 'send'>): NpmRegistry {
  return { release, pluginId };

  async function release(name: string, wanted: string): Promise<NpmRelease> {
    if (!NAME.test(name)) throw new RemoteError('npm', `has no packages with the name "${name}"`);
    const registry = config.registryOf(name);
    const url = new URL(name.replace('/', '%2f'), registry);
    const answer = await ask({ method: 'GET', url, headers: { accept: SHORT_FORM }, maxBytes: MOST_DOCUMENT_BYTES });
    if (answer.status !== 200) throw refusal(url, name, answer.status);
    const document = jsonObject(answer);
    const versions = objectAt(document, 'versions');
    const releases = Object.entries(versions).map(([version, entry]) => ({
      version,
      isDeprecated: Boolean(isJsonObject(entry) && entry['deprecated']),
    }));
    const version = pickVersion(wanted, objectAt(document, 'dist-tags'), releases);
    if (version === null) throw new RemoteError(url.host, `has no release "${wanted === '' ? 'latest' : wanted}" of "${name}"`);
    const dist = objectAt(versions[version] ?? null, 'dist');
    const { integrity, tarball } = dist;
    // A list of several digests is written with blanks.
    const best = typeof integrity === 'string' ? integrity.split(/\s+/).find((digest) => INTEGRITY.test(digest)) : undefined;
    return { version, integrity: best ?? null, archive: typeof tarball === 'string' ? URL.parse(tarball) : null };
  }

  async function pluginId({ integrity, archive }: NpmRelease): Promise<string | null> {
    const [, algorithm, digest] = INTEGRITY.exec(integrity ?? '') ?? [];
    if (archive === null || !/^https?:$/.test(archive.protocol) || algorithm === undefined || digest === undefined) return null;
    const { status, body } = await ask({ method: 'GET', url: archive, maxBytes: MOST_ARCHIVE_BYTES });
    if (status !== 200) throw new RemoteError(archive.host, `answers with status ${status} for an archive`, false, status);
    const found = createHash(algorithm).update(body).digest();
    const expected = Buffer.from(digest, 'base64');
    if (found.length !== expected.length || !timingSafeEqual(found, expected))
      throw new RemoteError(archive.host, 'hands out an archive that does not have the integrity of its release');
    const manifest = await tarEntry(body, PLUGIN_MANIFEST);
    if (manifest === null) return null;
    try {
      const { id } = JSON.parse(manifest.toString('utf8')) as { id?: unknown };
      return typeof id === 'string' ? id : null;
    } catch {
      return null;
    }
  }

  function ask(request: HttpRequest): Promise<HttpAnswer> {
    const authorization = config.authorizationFor(request.url);
    return send(authorization === null ? request : { ...request, headers: { ...request.headers, authorization } });
  }
}

function refusal({ host }: URL, name: string, status: number): RemoteError {
  if (status === 404) return new RemoteError(host, `has no package "${name}", or not for these credentials`, false, status);
  if (status === 401 || status === 403)
    return new RemoteError(
      host,
      `wants other credentials for "${name}" (status ${status}); "npm login" keeps them in .npmrc`,
      false,
      status,
    );
  return new RemoteError(host, `answers with status ${status} for "${name}"`, status >= 500 || status === 429, status);
}

function jsonObject({ body, url }: HttpAnswer): JsonObject {
  try {
    const value = JSON.parse(body.toString('utf8')) as Json;
    if (isJsonObject(value)) return value;
  } catch {
    // Told below.
  }
  throw new RemoteError(url.host, 'answers with something that is no package');
}

function objectAt(value: Json, key: string): JsonObject {
  const found = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : null;
  return isJsonObject(found) ? found : {};
}
