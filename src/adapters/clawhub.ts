/**
 * Asks ClawHub which exact release a name stands for, by the two documented calls that OpenClaw's own installer makes:
 * `/api/v1/skills/<slug>` and `/api/v1/packages/<name>`.
 */
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import type { Environment } from './http/connections.ts';
import type { HttpClient } from './http/http-client.ts';
import { RemoteError } from './remote-error.ts';

export interface ClawHub {
  /** The newest release of a skill, or the one with a tag. */
  readonly skill: (owner: string | null, slug: string, tag: string) => Promise<ClawHubRelease>;
  /** The newest release of a plugin, or the one with a tag or version. */
  readonly plugin: (name: string, wanted: string) => Promise<ClawHubRelease>;
}

export interface ClawHubRelease {
  readonly version: string;
  readonly integrity: string | null;
  readonly id: string | null;
  /** What moderation says, in words, or null. */
  readonly remark: string | null;
}

const PUBLIC_ADDRESS = 'https://clawhub.ai';
const MOST_BYTES = 16 * 1024 * 1024;
const VERSION = /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/;

export function clawHub(env: Environment, { send }: Pick<HttpClient, 'send'>): ClawHub {
  const address = env['OPENCLAW_CLAWHUB_URL'] || env['CLAWHUB_URL'] || PUBLIC_ADDRESS;
  const token = env['CLAWHUB_TOKEN'] || env['CLAWHUB_AUTH_TOKEN'] || null;
  return { skill, plugin };

  async function skill(owner: string | null, slug: string, tag: string): Promise<ClawHubRelease> {
    const name = owner === null ? slug : `@${owner}/${slug}`;
    const detail = await get(
      `skills/${encodeURIComponent(slug)}${owner === null ? '' : `?ownerHandle=${encodeURIComponent(owner)}`}`,
      name,
    );
    const moderation = objectAt(detail, 'moderation');
    const version =
      tag === '' || tag === 'latest' ? objectAt(detail, 'latestVersion')['version'] : objectAt(objectAt(detail, 'skill'), 'tags')[tag];
    return { version: exact(version, name, tag), integrity: null, id: null, remark: remarkOf(moderation) };
  }

  async function plugin(name: string, wanted: string): Promise<ClawHubRelease> {
    const path = `packages/${encodeURIComponent(name)}`;
    const detail = objectAt(await get(path, name), 'package');
    const tags = objectAt(detail, 'tags');
    const newest = detail['latestVersion'] ?? tags['latest'];
    const version = exact(wanted === '' || wanted === 'latest' ? newest : (tags[wanted] ?? wanted), name, wanted);
    const release = objectAt(await get(`${path}/versions/${encodeURIComponent(version)}`, `${name}@${version}`), 'version');
    const { npmIntegrity, sha256 } = objectAt(release, 'artifact');
    const id = detail['runtimeId'];
    return { version, integrity: integrityOf(npmIntegrity, sha256), id: typeof id === 'string' ? id : null, remark: null };
  }

  async function get(path: string, name: string): Promise<JsonObject> {
    const url = URL.parse(`${address.replace(/\/+$/, '')}/api/v1/${path}`);
    if (url === null || !/^https?:$/.test(url.protocol)) throw new RemoteError('CLAWHUB_URL', 'is no address');
    const headers: Record<string, string> = { accept: 'application/json' };
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    const { status, body } = await send({ method: 'GET', url, headers, maxBytes: MOST_BYTES });
    if (status === 404) throw new RemoteError(url.host, `has no "${name}"`, false, status);
    if (status !== 200)
      throw new RemoteError(url.host, `answers with status ${status} for "${name}"`, status >= 500 || status === 429, status);
    try {
      const value = JSON.parse(body.toString('utf8')) as Json;
      if (isJsonObject(value)) return value;
    } catch {
      // Told below.
    }
    throw new RemoteError(url.host, `answers with something that is no description of "${name}"`);
  }

  function exact(version: Json | undefined, name: string, wanted: string): string {
    if (typeof version === 'string' && VERSION.test(version)) return version;
    throw new RemoteError(URL.parse(address)?.host ?? 'ClawHub', `has no release "${wanted === '' ? 'latest' : wanted}" of "${name}"`);
  }
}

function remarkOf({ isMalwareBlocked, isSuspicious }: JsonObject): string | null {
  if (isMalwareBlocked === true) return 'ClawHub blocks it as malware';
  return isSuspicious === true ? 'ClawHub calls it suspicious' : null;
}

function integrityOf(npmIntegrity: Json | undefined, sha256: Json | undefined): string | null {
  if (typeof npmIntegrity === 'string' && /^sha512-[A-Za-z0-9+/]{86}==$/.test(npmIntegrity)) return npmIntegrity;
  return typeof sha256 === 'string' && /^[0-9a-f]{64}$/i.test(sha256) ? `sha256-${Buffer.from(sha256, 'hex').toString('base64')}` : null;
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const found = Object.hasOwn(value, key) ? value[key] : null;
  return isJsonObject(found) ? found : {};
}
