/**
 * The registry and the credentials that npm itself would use: from `npm_config_*` variables and from the user's `.npmrc`. The one
 * of the current directory is left out: whoever changes the rendered directory must not choose where credentials go.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../http/connections.ts';
import { RemoteError } from '../remote-error.ts';

export interface NpmConfig {
  /** Address of the registry for a package, ending with a slash. */
  readonly registryOf: (name: string) => URL;
  /** The value of the Authorization header for an address, or null where there are no credentials for it. */
  readonly authorizationFor: (url: URL) => string | null;
}

const PUBLIC_REGISTRY = 'https://registry.npmjs.org/';
const VARIABLE = /^npm_config_/i;

export async function npmConfig(env: Environment, home: string): Promise<NpmConfig> {
  const fromEnvironment = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) if (VARIABLE.test(name) && value) fromEnvironment.set(settingName(name), value);
  const file = fromEnvironment.get('userconfig') ?? join(home, '.npmrc');
  const settings = new Map([...settingsOf(await textOf(file), env), ...fromEnvironment]);
  return {
    registryOf: (name) => {
      const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/')) : '';
      const address = settings.get(`${scope}:registry`) ?? settings.get('registry') ?? PUBLIC_REGISTRY;
      const url = URL.parse(address.endsWith('/') ? address : `${address}/`);
      if (url === null || !/^https?:$/.test(url.protocol))
        throw new RemoteError('the npm configuration', 'names a registry that is no address');
      return url;
    },
    authorizationFor: (url) => authorization(settings, url),
  };
}

/** `NPM_CONFIG_FETCH_RETRIES` is `fetch-retries`; what starts like an address or a scope stays as it is. */
function settingName(variable: string): string {
  const name = variable.replace(VARIABLE, '');
  return /^(?:\/\/|@)/.test(name) ? name : name.toLowerCase().replaceAll(/(?!^)_/g, '-');
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    throw new RemoteError('the npm configuration', `cannot be read (${code})`);
  }
}

/** Lines `key=value`; `${NAME}` is the variable, as it stands where there is none, and `${NAME?}` is empty then. */
function settingsOf(text: string, env: Environment): [string, string][] {
  return text.split(/\r?\n/).flatMap((line): [string, string][] => {
    const [, key, value] = /^\s*([^\s=;#][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || value === undefined) return [];
    const plain = value.replace(/^(["'])(.*)\1$/, '$2');
    return [
      [key, plain.replaceAll(/\$\{([^}?]+)(\?)?\}/g, (all, name: string, optional) => env[name] ?? (optional === undefined ? all : ''))],
    ];
  });
}

/** Credentials are kept by address without protocol; the longest one that the path starts with counts. */
function authorization(settings: ReadonlyMap<string, string>, { host, pathname }: URL): string | null {
  for (let path = pathname.endsWith('/') ? pathname : `${pathname}/`; ; path = path.replace(/[^/]*\/$/, '')) {
    const of = (name: string): string | undefined =>
      settings.get(`//${host}${path}:${name}`) ?? settings.get(`//${host}${path.replace(/\/$/, '')}:${name}`);
    const token = of('_authToken');
    if (token !== undefined) return `Bearer ${token}`;
    const username = of('username');
    const password = of('_password');
    if (username !== undefined && password !== undefined) return basic(`${username}:${Buffer.from(password, 'base64').toString()}`);
    const both = of('_auth');
    if (both !== undefined) return `Basic ${both}`;
    if (path === '/') return null;
  }
}

function basic(userAndPassword: string): string {
  return `Basic ${Buffer.from(userAndPassword).toString('base64')}`;
}
