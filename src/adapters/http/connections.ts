/** Connections that are kept open between requests, through the proxy that the environment names. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { RemoteError } from '../remote-error.ts';
import { isLoopback } from './loopback.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Connections {
  readonly agentFor: (url: URL) => HttpAgent;
  readonly close: () => void;
}

/** At most so many requests to one host at a time. */
const MOST_PER_HOST = 6;
const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'] as const;

/** Node's agents learned the variables in these versions; older ones would go past the proxy without a word. */
function knowsProxies(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}

export function connections(env: Environment, nodeVersion = process.versions.node): Connections {
  const proxyEnv = Object.fromEntries(PROXY_VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const isProxied = Object.keys(proxyEnv).some((name) => !/^no_proxy$/i.test(name));
  if (isProxied && !knowsProxies(nodeVersion))
    throw new RemoteError(
      'the proxy',
      `cannot be used by Node ${nodeVersion}; run 22.21, 24.5 or newer, or unset HTTPS_PROXY and HTTP_PROXY`,
    );
  const settings = { keepAlive: true, maxSockets: MOST_PER_HOST };
  const proxied = isProxied ? { ...settings, proxyEnv } : settings;
  const agents = {
    direct: new HttpAgent(settings),
    http: new HttpAgent(proxied),
    https: new HttpsAgent(proxied),
    directHttps: new HttpsAgent(settings),
  };
  return {
    // A proxy cannot reach the loopback of this machine.
    agentFor: ({ protocol, hostname }) => {
      if (isLoopback(hostname)) return protocol === 'https:' ? agents.directHttps : agents.direct;
      return protocol === 'https:' ? agents.https : agents.http;
    },
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}
