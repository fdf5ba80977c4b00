/** Which cluster, and as whom: kubeconfigs as kubectl finds and merges them, and inside a pod its ServiceAccount. */
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { RemoteError } from './remote-error.ts';

export interface ClusterSettings {
  /** File to read; by default as kubectl finds it. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** Where `KUBECONFIG` and `HOME` are looked up, by default the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const ACCOUNT_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const SUBJECT = 'the kubeconfig';

/** With a current context whose cluster is there and has an address; throws a `RemoteError` where there is none. */
export function kubeConfig({ kubeconfig, context, env = process.env }: ClusterSettings): KubeConfig {
  const config = kubeconfig === undefined ? foundConfig(env) : namedConfig([kubeconfig], '--kubeconfig');
  if (context !== undefined) {
    if (config.getContextObject(context) === null) {
      const names = config.getContexts().map(({ name }) => `"${name}"`);
      throw new RemoteError(SUBJECT, `has no context "${context}"; expected ${names.length === 0 ? 'another file' : names.join(' or ')}`);
    }
    config.setCurrentContext(context);
  }
  const current = config.getCurrentCluster();
  const currentContext = config.getContextObject(config.getCurrentContext());
  if (currentContext === null) throw new RemoteError(SUBJECT, 'has no current context; name one with --context');
  if (current === null)
    throw new RemoteError(SUBJECT, `has no cluster "${currentContext.cluster}", which its context "${currentContext.name}" names`);
  if (!isAddress(current.server))
    throw new RemoteError(SUBJECT, `has a cluster "${current.name}" whose server is no address; expected one as https://HOST:PORT`);
  // The package asks such a server for nothing, since the credentials would go over the wire for everybody to read.
  if (current.server.startsWith('http:') && !current.skipTLSVerify)
    throw new RemoteError(
      SUBJECT,
      `has a cluster "${current.name}" whose server speaks plain HTTP; expected https, or "insecure-skip-tls-verify: true" beside it, as for "kubectl proxy"`,
    );
  return config;
}

function foundConfig(env: Readonly<Record<string, string | undefined>>): KubeConfig {
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  if (listed.length > 0) return namedConfig(listed, 'KUBECONFIG');
  const home = env['HOME'] || env['USERPROFILE'];
  const own = home ? configOf(join(home, '.kube', 'config')) : null;
  if (own !== null) return own;
  if (existsSync(ACCOUNT_TOKEN)) {
    const config = new KubeConfig();
    config.loadFromCluster();
    return config;
  }
  const places = home ? shown(join(home, '.kube', 'config')) : '~/.kube/config, and HOME is not set';
  throw new RemoteError(SUBJECT, `is not there; expected a file that --kubeconfig or KUBECONFIG names, or ${places}`);
}

/** Of several files, those that are not there or empty are passed over, as kubectl does. */
function namedConfig(files: readonly string[], by: string): KubeConfig {
  const configs = files.map((file) => configOf(file, files.length > 1)).filter((config) => config !== null);
  if (configs.length === 0) {
    const names = files.map(shown).join(' and ');
    throw new RemoteError(SUBJECT, `is not there; ${by} names ${names}`);
  }
  return merged(configs);
}

/** Null where there is no such file, or one of several that is empty. */
function configOf(file: string, isOneOfSeveral = false): KubeConfig | null {
  const config = new KubeConfig();
  try {
    config.loadFromFile(file);
    return config;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    if (code === undefined && isOneOfSeveral && isEmpty(file)) return null;
    // What a parser says of a file may repeat it.
    const why =
      code === undefined ? 'cannot be read: it is none' : code === 'EISDIR' ? 'is a directory; expected a file' : `cannot be read: ${code}`;
    throw new RemoteError(`${SUBJECT} ${shown(file)}`, why);
  }
}

/** Of a pipe, which has no size, that is not known. */
function isEmpty(file: string): boolean {
  const stats = statSync(file);
  return stats.isFile() && stats.size === 0;
}

/** As kubectl merges: what the first file says of a name counts, and which context it makes the current one. The package's own merge takes the last. */
function merged(configs: readonly KubeConfig[]): KubeConfig {
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: firstOfEach(configs.map(({ clusters }) => clusters)),
    contexts: firstOfEach(configs.map(({ contexts }) => contexts)),
    users: firstOfEach(configs.map(({ users }) => users)),
    currentContext: configs.map(({ currentContext }) => currentContext).find((name) => Boolean(name)) ?? '',
  });
  return config;
}

function firstOfEach<Entry extends { readonly name: string }>(lists: readonly (readonly Entry[])[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const entry of lists.flat()) if (!entries.has(entry.name)) entries.set(entry.name, entry);
  return [...entries.values()];
}

/** On one line, whatever the name. */
function shown(file: string): string {
  return JSON.stringify(file);
}

function isAddress(server: string): boolean {
  return URL.canParse(server) && /^https?:$/.test(new URL(server).protocol);
}
