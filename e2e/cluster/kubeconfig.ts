import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { ApiConnection } from './api-client.ts';

/** The connection of a kubeconfig's current context, which must lead to this machine; certificates and static tokens only. */
export async function kubeconfigConnection(file: string): Promise<ApiConnection> {
  const config = parse(await readFile(file, 'utf8')) as Kubeconfig;
  const context = config.contexts.find((one) => one.name === config['current-context'])?.context;
  const cluster = config.clusters.find((one) => one.name === context?.cluster)?.cluster;
  const user = config.users.find((one) => one.name === context?.user)?.user;
  const certificateAuthority = cluster?.['certificate-authority-data'];
  if (!cluster || !user || !certificateAuthority)
    throw new Error(`${file}: the current context needs a user and a cluster with certificate-authority-data`);
  // A forgotten KUBECONFIG must not send tests to a cluster with real agents; the gate of the token race is on loopback too.
  if (new URL(cluster.server).hostname !== '127.0.0.1')
    throw new Error(`${file} leads to ${cluster.server}: only a throw-away cluster on 127.0.0.1 is used`);
  const connection = {
    server: cluster.server,
    certificateAuthority: decoded(certificateAuthority),
    token: user.token,
    clientCertificate: user['client-certificate-data'] && decoded(user['client-certificate-data']),
    clientKey: user['client-key-data'] && decoded(user['client-key-data']),
  };
  if (!connection.token && !connection.clientCertificate) throw new Error(`${file}: the user needs a token or client-certificate-data`);
  return connection;
}

interface Kubeconfig {
  readonly 'current-context': string;
  readonly contexts: readonly { readonly name: string; readonly context: { readonly cluster: string; readonly user: string } }[];
  readonly clusters: readonly {
    readonly name: string;
    readonly cluster: { readonly server: string; readonly 'certificate-authority-data'?: string };
  }[];
  readonly users: readonly {
    readonly name: string;
    readonly user: { readonly token?: string; readonly 'client-certificate-data'?: string; readonly 'client-key-data'?: string };
  }[];
}

/** Writes a file with which other programs reach the same server as the same user. */
export async function writeKubeconfig(file: string, connection: ApiConnection): Promise<void> {
  const { server, certificateAuthority, token, clientCertificate, clientKey } = connection;
  const encoded = (text: string | undefined): string | undefined => text && Buffer.from(text).toString('base64');
  const user = { token, 'client-certificate-data': encoded(clientCertificate), 'client-key-data': encoded(clientKey) };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'e2e',
    contexts: [{ name: 'e2e', context: { cluster: 'e2e', user: 'e2e' } }],
    clusters: [{ name: 'e2e', cluster: { server, 'certificate-authority-data': encoded(certificateAuthority) } }],
    users: [{ name: 'e2e', user }],
  };
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}
