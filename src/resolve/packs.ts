/** What skill packs put into each workspace. */
import { byCodeUnits } from '../lib/code-unit-order.ts';
import type { Instance } from './instance.ts';

export interface ResolvedPacks {
  /** `Replace` follows the packs at every start; `CreateOnly` leaves what is there as it is. */
  readonly policy: 'Replace' | 'CreateOnly';
  /** The default workspace first, then the additional ones by name. */
  readonly workspaces: readonly ResolvedPackWorkspace[];
}

export interface ResolvedPackWorkspace {
  /** Null for the default workspace. */
  readonly name: string | null;
}

export function resolvePacks({ spec }: Instance): ResolvedPacks {
  const additional = (spec.workspace?.additionalWorkspaces ?? []).map(({ name }) => name).sort(byCodeUnits);
  return { policy: spec.skillPackUpdatePolicy ?? 'Replace', workspaces: [null, ...additional].map((name) => ({ name })) };
}
