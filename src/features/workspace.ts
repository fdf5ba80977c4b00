/** Workspaces: their files in one ConfigMap, their directories, and the seeding of what does not exist yet. */
import type { ConfigMapEntry, Contribution, DirectorySlot, Feature, FileSlot } from '../compose/contribution.ts';
import { workspaceConfigMapName } from '../kube/names.ts';
import { STATE_DIRECTORY, workspaceDirectory } from '../kube/paths.ts';
import { bootstrapText, environmentText, selfConfigText } from './workspace-texts.ts';
import { workspaceFileKey } from '../kube/workspace-file-key.ts';
import type { Resolved, ResolvedWorkspace } from '../resolve/resolved.ts';

const VOLUME = 'workspace-init';

interface SeedFile {
  readonly path: string;
  readonly entry: ConfigMapEntry;
}

/** What is seeded, by path: ours win over the user's file of the same name. */
function seedFiles(workspace: ResolvedWorkspace): Map<string, ConfigMapEntry> {
  const files = new Map<string, ConfigMapEntry>();
  const add = ({ path, entry }: SeedFile): unknown => files.set(path, entry);
  for (const { path, text, isBase64, origin } of workspace.files)
    add({ path, entry: { text, isBase64, takesEffect: origin === 'inline' ? 'next-start' : 'restart' } });
  add({ path: 'ENVIRONMENT.md', entry: { text: environmentText, takesEffect: 'next-start' } });
  if (workspace.bootstrap) add({ path: 'BOOTSTRAP.md', entry: { text: bootstrapText, takesEffect: 'next-start' } });
  if (workspace.selfConfig) add({ path: 'SELFCONFIG.md', entry: { text: selfConfigText, takesEffect: 'next-start' } });
  return files;
}

function contribute(resolved: Resolved): Contribution {
  const entries = new Map<string, ConfigMapEntry>();
  const directories: DirectorySlot[] = [];
  const files: FileSlot[] = [];
  for (const workspace of resolved.workspaces) {
    const root = `${STATE_DIRECTORY}/${workspaceDirectory(workspace.name)}`;
    directories.push({ volume: 'data', path: root, mode: '0700' });
    for (const directory of workspace.directories) directories.push({ volume: 'data', path: `${root}/${directory}`, mode: '0700' });
    for (const [path, entry] of [...seedFiles(workspace)].sort(([left], [right]) => (left < right ? -1 : 1))) {
      const key = workspaceFileKey(workspace.name, path);
      entries.set(key, entry);
      files.push({ from: { volume: VOLUME, path: key }, to: { volume: 'data', path: `${root}/${path}` } });
    }
  }
  const name = workspaceConfigMapName(resolved.name);
  return {
    configMaps: [{ name, entries }],
    volumes: [{ name: VOLUME, configMap: { name, defaultMode: 0o440 } }],
    directories,
    files,
  };
}

export const workspace: Feature = {
  id: 'workspace',
  summary: 'files and directories that are seeded once into the workspaces',
  reads: ['selfConfigure.enabled', 'workspace'],
  contribute,
};
