/** Skill packs: their files in the workspaces. What has left a pack leaves the volume, also when no pack is left. */
import type { ConfigMapEntry, Contribution, DirectorySlot, Feature, FileSlot, ReplaceSetSlot } from '../compose/contribution.ts';
import { skillsConfigMapName } from '../kube/names.ts';
import { packRecord, STATE_DIRECTORY, workspaceDirectory } from '../kube/paths.ts';
import type { Resolved } from '../resolve/resolved.ts';

const VOLUME = 'skill-packs';

function contribute(resolved: Resolved): Contribution {
  const { policy, workspaces, entries: configEntries } = resolved.packs;
  const entries = new Map<string, ConfigMapEntry>();
  const directories: DirectorySlot[] = [];
  const files: FileSlot[] = [];
  const replaceSets: ReplaceSetSlot[] = [];
  for (const workspace of workspaces) {
    const root = `${STATE_DIRECTORY}/${workspaceDirectory(workspace.name)}`;
    for (const directory of workspace.directories) directories.push({ volume: 'data', path: `${root}/${directory}`, mode: '0700' });
    const placed = workspace.files.map(({ path, key, text, isBase64, isExecutable }) => {
      // What is seeded once does not follow the pack: a restart would change nothing.
      entries.set(key, { text, isBase64, takesEffect: policy === 'Replace' ? 'restart' : 'next-start' });
      return { from: { volume: VOLUME, path: key }, path, ...(isExecutable ? { executable: true } : {}) };
    });
    if (policy === 'Replace') {
      const record = { volume: 'data', path: packRecord(workspace.name) };
      replaceSets.push({ root: { volume: 'data', path: root }, record, files: placed });
    } else {
      for (const { path, ...file } of placed) files.push({ ...file, to: { volume: 'data', path: `${root}/${path}` }, yields: true });
    }
  }
  const name = skillsConfigMapName(resolved.name);
  return {
    directories,
    files,
    replaceSets,
    ...(Object.keys(configEntries).length === 0 ? {} : { configPatch: { skills: { entries: configEntries } } }),
    ...(entries.size === 0
      ? {}
      : { configMaps: [{ name, entries }], volumes: [{ name: VOLUME, configMap: { name, defaultMode: 0o440 } }] }),
  };
}

export const packs: Feature = {
  id: 'packs',
  summary: 'the files and the configuration of skill packs, as the lock has them',
  reads: ['config', 'skillPackUpdatePolicy', 'skills', 'workspace'],
  contribute,
};
