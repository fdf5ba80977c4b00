/** Whether and how the agent joins a tailnet. */
import { canonicalQuantity } from '../lib/quantity.ts';
import type { Instance } from './instance.ts';
import type { OpenClawProfile } from './openclaw-version.ts';
import type { ResolvedResources } from './resolved.ts';

export const OFFICIAL_TAILSCALE_REPOSITORY = 'ghcr.io/tailscale/tailscale';
/** On loopback, inside the pod only. */
export const TAILSCALE_HEALTH_PORT = 9002;
const DEFAULT_KEY = 'authkey';

export interface ResolvedTailscale {
  /** Full reference before the registry override, with digest when pinned. */
  readonly image: string;
  /** Name that the agent asks for in the tailnet. */
  readonly hostname: string;
  /** Who reaches it: `serve` members of the tailnet, `funnel` the whole internet. */
  readonly mode: 'serve' | 'funnel';
  /** Null when the spec names no Secret: then somebody has to follow the link in the log. */
  readonly authKey: { readonly secret: string; readonly key: string } | null;
  /**
   * How a member of the tailnet signs in to the gateway.
   * `token`: as everybody else. `identity-headers`: the gateway believes Serve's headers once the daemon confirms them.
   * `managed-serve`: the same, but only through a route that the gateway itself claims from the daemon.
   */
  readonly login: 'token' | 'identity-headers' | 'managed-serve';
  readonly resources: ResolvedResources;
}

export function resolveTailscale(instance: Instance, profile: OpenClawProfile): ResolvedTailscale | null {
  const tailscale = instance.spec.tailscale;
  if (tailscale?.enabled !== true) return null;
  const { image = {}, authKeySecretRef, resources: { requests = {}, limits = {} } = {} } = tailscale;
  const repository = image.repository || OFFICIAL_TAILSCALE_REPOSITORY;
  const digest = image.digest ?? '';
  return {
    image: digest === '' ? `${repository}:${image.tag || 'latest'}` : `${repository}@${digest}`,
    hostname: tailscale.hostname || instance.name,
    mode: tailscale.mode ?? 'serve',
    authKey:
      authKeySecretRef === undefined ? null : { secret: authKeySecretRef.name ?? '', key: tailscale.authKeySecretKey || DEFAULT_KEY },
    login: tailscale.authSSO !== true ? 'token' : profile.claimsTailscaleServe ? 'managed-serve' : 'identity-headers',
    resources: {
      requests: { cpu: canonicalQuantity(requests.cpu || '50m'), memory: canonicalQuantity(requests.memory || '64Mi') },
      limits: { cpu: canonicalQuantity(limits.cpu || '200m'), memory: canonicalQuantity(limits.memory || '256Mi') },
    },
  };
}
