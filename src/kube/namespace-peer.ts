import type { NetworkPolicyPeer } from './types.ts';

/** All pods of a namespace, by the label that Kubernetes itself puts on it. */
export function namespacePeer(namespace: string): NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}
