/** Credentials as `docker login` keeps them: in config.json, or with a helper program that it names. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DOCKER_HUB } from '../../kube/image-reference.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { Environment } from '../http/connections.ts';
import { RemoteError } from '../remote-error.ts';
import { askCredentialProgram } from './credential-program.ts';

export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** A long-lived token that is exchanged for short ones. */
  | { readonly kind: 'identity'; readonly token: string }
  /** A token that the registry itself takes. */
  | { readonly kind: 'registry'; readonly token: string };

/** Credentials for a repository of a registry, or null when there are none. */
export type CredentialSource = (registry: string, repository: string) => Promise<Credentials | null>;

/** Docker writes Docker Hub's under this name, and asks helpers by it. */
const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';
const DOCKER_HUB_HOSTS = new Set([DOCKER_HUB, 'index.docker.io', 'registry-1.docker.io']);

/** Reads the configuration when credentials are first asked for, and each helper's answer once. */
export function dockerCredentials(env: Environment, home: string): CredentialSource {
  let config: Promise<JsonObject> | undefined;
  const answers = new Map<string, Promise<Credentials | null>>();
  return async (registry, repository) => {
    config ??= readConfig(join(env['DOCKER_CONFIG'] || join(home, '.docker'), 'config.json'));
    const { credHelpers, credsStore, auths } = await config;
    const key = registry === DOCKER_HUB ? DOCKER_HUB_KEY : registry;
    const own = isJsonObject(credHelpers) ? (credHelpers[key] ?? credHelpers[registry]) : undefined;
    const stored = isJsonObject(auths) ? entryFor(auths, registry, repository) : null;
    return (await fromHelper(own, key)) ?? stored ?? (await fromHelper(credsStore, key));
  };

  function fromHelper(name: Json | undefined, server: string): Promise<Credentials | null> {
    if (typeof name !== 'string' || name === '') return Promise.resolve(null);
    const question = `${name} ${server}`;
    const asked = answers.get(question) ?? askCredentialProgram(name, server, env);
    answers.set(question, asked);
    return asked;
  }
}

async function readConfig(path: string): Promise<JsonObject> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    throw new RemoteError(path, `cannot be read (${code})`);
  }
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    throw new RemoteError(path, 'is not JSON; "docker login" writes it anew once it is deleted');
  }
  if (!isJsonObject(config)) throw new RemoteError(path, 'holds no JSON object');
  return config;
}

/** The entry whose key names the most of `registry/repository`; keys may have a scheme, and an API version that means nothing. */
function entryFor(auths: JsonObject, registry: string, repository: string): Credentials | null {
  const isHub = registry === DOCKER_HUB;
  let best: { readonly length: number; readonly found: Credentials } | null = null;
  for (const [key, entry] of Object.entries(auths)) {
    const found = credentialsIn(entry);
    if (found === null) continue;
    const [host = '', ...path] = key
      .replace(/^https?:\/\//, '')
      .replace(/\/v[12]\/?$/, '')
      .replace(/\/+$/, '')
      .split('/');
    if (isHub ? !DOCKER_HUB_HOSTS.has(host) : host !== registry) continue;
    const prefix = path.join('/');
    if (prefix !== '' && repository !== prefix && !repository.startsWith(`${prefix}/`)) continue;
    if (best === null || prefix.length > best.length) best = { length: prefix.length, found };
  }
  return best?.found ?? null;
}

function credentialsIn(entry: Json): Credentials | null {
  if (!isJsonObject(entry)) return null;
  const { auth, username, password, identitytoken, registrytoken } = entry;
  if (isText(registrytoken)) return { kind: 'registry', token: registrytoken };
  if (isText(identitytoken)) return { kind: 'identity', token: identitytoken };
  if (isText(username) && isText(password)) return { kind: 'password', username, password };
  if (!isText(auth)) return null;
  const decoded = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  return colon <= 0 ? null : { kind: 'password', username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
