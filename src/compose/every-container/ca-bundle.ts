/** The user's CA bundle in every container of ours, and the variable by which those that open TLS connections find it. */
import { CA_BUNDLE_PATH } from '../../kube/paths.ts';
import type { Container, EnvVar, Volume } from '../../kube/types.ts';
import type { ResolvedCaBundle } from '../../resolve/resolved.ts';
import type { TlsClient } from '../contribution.ts';

const VOLUME = 'ca-bundle';
/** Both add to the public authorities: Node keeps its own list, and Go reads the image's certificate directories all the same. */
const VARIABLES: Readonly<Record<TlsClient, string>> = { node: 'NODE_EXTRA_CA_CERTS', go: 'SSL_CERT_FILE' };

export function withCaBundle(container: Container, bundle: ResolvedCaBundle | null, tlsClient: TlsClient | undefined): Container {
  if (bundle === null) return container;
  return {
    ...container,
    ...(tlsClient === undefined ? {} : { env: withVariable(container, VARIABLES[tlsClient]) }),
    volumeMounts: [...(container.volumeMounts ?? []), { name: VOLUME, mountPath: CA_BUNDLE_PATH, subPath: bundle.key, readOnly: true }],
  };
}

function withVariable({ env = [] }: Container, variable: string): EnvVar[] {
  return [...env.filter(({ name }) => name !== variable), { name: variable, value: CA_BUNDLE_PATH }];
}

export function caBundleVolume(bundle: ResolvedCaBundle | null): Volume[] {
  if (bundle === null) return [];
  const { kind, name } = bundle.source;
  // World-readable: a CA certificate is public, and containers run as different users.
  const defaultMode = 0o444;
  return [
    kind === 'ConfigMap' ? { name: VOLUME, configMap: { name, defaultMode } } : { name: VOLUME, secret: { secretName: name, defaultMode } },
  ];
}
