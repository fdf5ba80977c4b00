/** The user's CA bundle in every container of ours, and the variable that makes Node trust it in those that open TLS connections. */
import { CA_BUNDLE_PATH } from '../../kube/paths.ts';
import type { Container, Volume } from '../../kube/types.ts';
import type { ResolvedCaBundle } from '../../resolve/resolved.ts';

const VOLUME = 'ca-bundle';
const VARIABLE = 'NODE_EXTRA_CA_CERTS';

export function withCaBundle(container: Container, bundle: ResolvedCaBundle | null, tlsClient: boolean): Container {
  if (bundle === null) return container;
  const env = (container.env ?? []).filter(({ name }) => name !== VARIABLE);
  return {
    ...container,
    ...(tlsClient ? { env: [...env, { name: VARIABLE, value: CA_BUNDLE_PATH }] } : {}),
    volumeMounts: [...(container.volumeMounts ?? []), { name: VOLUME, mountPath: CA_BUNDLE_PATH, subPath: bundle.key, readOnly: true }],
  };
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
