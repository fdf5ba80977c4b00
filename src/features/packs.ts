/** Skill packs: their files in the workspaces. What has left a pack leaves the volume, also when no pack is left. */
import type { Contribution, Feature, ReplaceSetSlot } from '../compose/contribution.ts';
import { packRecord, STATE_DIRECTORY, workspaceDirectory } from '../kube/paths.ts';
import type { Resolved } from '../resolve/resolved.ts';

function contribute({ packs: { policy, workspaces } }: Resolved): Contribution | null {
  if (policy === 'CreateOnly') return null;
  const replaceSets = workspaces.map(({ name }): ReplaceSetSlot => ({
    root: { volume: 'data', path: `${STATE_DIRECTORY}/${workspaceDirectory(name)}` },
    record: { volume: 'data', path: packRecord(name) },
    files: [],
  }));
  return { replaceSets };
}

export const packs: Feature = {
  id: 'packs',
  summary: 'the files of skill packs in the workspaces',
  reads: ['skillPackUpdatePolicy', 'workspace.additionalWorkspaces'],
  contribute,
};
