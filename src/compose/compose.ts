/**
 * Compose: asks every feature for its contribution and joins them into one plan. The law of each slot:
 *
 * - lists join in the order of `features/index.ts`, then what compose derives, then features that come last;
 * - containers: the agent's own first, then derived ones, then the others; init containers: by phase;
 * - a container, volume, listener or object claimed by two features is a bug, except what `rules` let users replace;
 * - a claim template brings the pod a volume, and is one among the volumes;
 * - environment: a later entry of the same name wins and stands in its own place; the user's entries are the last;
 * - mounts of the agent: one that several features need is there once;
 * - `configPatch`: later features win over earlier ones, the user's configuration wins over all;
 * - `trustedProxies` and `allowedOrigins` are unions; a Service port that yields gives way to one of the same name or number;
 * - `ingressPeers` reach every Service port, `portPeers` one TCP port of the pod;
 * - `files`: one that yields gives way to another of the same target; `replaceSets`: each has a record of its own, and a file
 *   that is seeded too is left to its seed;
 * - `droppedHeaders` hold for every listener of the proxy;
 * - ConfigMaps of one name are one ConfigMap with everybody's entries, labels and annotations; `seedsConfig` can be set once.
 *
 * What follows from several features together is derived afterwards, each derivation seeing what came before it:
 * the proxy from its listeners, openclaw.json from the patches, the secrets Job, the installer and the prepare program from their slots.
 */
import type { Resolved } from '../resolve/resolved.ts';
import type { Contribution, Feature } from './contribution.ts';
import { agentAccess } from './agent-access.ts';
import { agentNetworkPolicy } from './agent-network-policy.ts';
import { everyContainer } from './every-container/every-container.ts';
import { gatewayProxy } from './gateway-proxy.ts';
import { installer } from './installer.ts';
import { merge } from './merge.ts';
import { openclawConfig } from './openclaw-config.ts';
import type { Part } from './parts.ts';
import type { Plan } from './plan.ts';
import { podSettings } from './pod-settings.ts';
import { prepare } from './prepare.ts';
import { secretsJob } from './secrets-job.ts';

type Derivation = { readonly owner: string; readonly derive: (resolved: Resolved, parts: readonly Part[]) => Contribution | null };

const DERIVATIONS: readonly Derivation[] = [
  { owner: 'compose/gateway-proxy', derive: gatewayProxy },
  { owner: 'compose/openclaw-config', derive: openclawConfig },
  { owner: 'compose/agent-access', derive: agentAccess },
  { owner: 'compose/agent-network-policy', derive: agentNetworkPolicy },
  { owner: 'compose/secrets-job', derive: secretsJob },
  { owner: 'compose/installer', derive: installer },
  { owner: 'compose/prepare', derive: prepare },
];

export function compose(resolved: Resolved, features: readonly Feature[]): Plan {
  const parts = contributions(
    features.filter(({ comesLast }) => comesLast !== true),
    resolved,
  );
  for (const { owner, derive } of DERIVATIONS) {
    const contribution = derive(resolved, parts);
    if (contribution !== null) parts.push({ owner, contribution });
  }
  parts.push(
    ...contributions(
      features.filter(({ comesLast }) => comesLast === true),
      resolved,
    ),
  );
  const plan: Plan = { ...merge(parts), name: resolved.name, namespace: resolved.namespace, pod: podSettings(resolved) };
  return everyContainer(plan, resolved);
}

function contributions(features: readonly Feature[], resolved: Resolved): Part[] {
  return features.flatMap(({ id, contribute }) => {
    const contribution = contribute(resolved);
    return contribution === null ? [] : [{ owner: `features/${id}`, contribution }];
  });
}
