/** Which files and directories each workspace is seeded with. Priority inside a workspace: ours, inline, referenced. */
import { byCodeUnits } from '../lib/code-unit-order.ts';
import { configMapBinaryData, configMapData, type Companions } from './companions.ts';
import type { Instance, Spec } from './instance.ts';
import type { ResolvedWorkspace, ResolvedWorkspaceFile } from './resolved.ts';

type WorkspaceSpec = Pick<NonNullable<Spec['workspace']>, 'configMapRef' | 'initialFiles' | 'initialDirectories'>;

function filesOf(spec: WorkspaceSpec, namespace: string, companions: Companions): ResolvedWorkspaceFile[] {
  const files = new Map<string, ResolvedWorkspaceFile>();
  const referenced = spec.configMapRef === undefined ? undefined : companions.find('ConfigMap', namespace, spec.configMapRef.name);
  if (referenced !== undefined) {
    for (const [path, text] of configMapData(referenced)) files.set(path, { path, text, isBase64: false, origin: 'referenced' });
    for (const [path, text] of configMapBinaryData(referenced)) files.set(path, { path, text, isBase64: true, origin: 'referenced' });
  }
  for (const [path, text] of Object.entries(spec.initialFiles ?? {})) files.set(path, { path, text, isBase64: false, origin: 'inline' });
  return [...files.values()].sort((left, right) => byCodeUnits(left.path, right.path));
}

function directoriesOf(spec: WorkspaceSpec): string[] {
  return [...new Set((spec.initialDirectories ?? []).map((directory) => directory.replace(/\/+$/, '')))].sort();
}

/** The default workspace first, then the additional ones by name. */
export function resolveWorkspaces(instance: Instance, companions: Companions): ResolvedWorkspace[] {
  const spec = instance.spec.workspace ?? {};
  const additional = [...(spec.additionalWorkspaces ?? [])].sort((left, right) => byCodeUnits(left.name, right.name));
  return [
    {
      name: null,
      directories: directoriesOf(spec),
      files: filesOf(spec, instance.namespace, companions),
      bootstrap: spec.bootstrap?.enabled ?? true,
      selfConfig: instance.spec.selfConfigure?.enabled === true,
    },
    ...additional.map((workspace) => ({
      name: workspace.name,
      directories: directoriesOf(workspace),
      files: filesOf(workspace, instance.namespace, companions),
      bootstrap: false,
      selfConfig: false,
    })),
  ];
}
