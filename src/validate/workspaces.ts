import type { Workspace } from '../generated/openclaw-instance.ts';
import type { Path, SourceObject } from '../parse/source.ts';
import { configMapData } from '../resolve/companions.ts';
import type { RuleContext } from './rule.ts';

export interface PlacedWorkspace {
  /** Null for the default workspace. */
  readonly name: string | null;
  readonly spec: Pick<Workspace, 'configMapRef' | 'initialFiles' | 'initialDirectories'>;
  readonly path: Path;
}

export interface PlacedFile {
  readonly file: string;
  readonly path: Path;
  /** The referenced ConfigMap that the file comes from; absent for `initialFiles`. */
  readonly object?: SourceObject;
}

/** The default workspace, then the additional ones, with their places; empty when the spec says nothing about workspaces. */
export function placedWorkspaces({ instance }: RuleContext): PlacedWorkspace[] {
  const workspace = instance.spec.workspace;
  if (workspace === undefined) return [];
  const path = ['spec', 'workspace'];
  return [
    { name: null, spec: workspace, path },
    ...(workspace.additionalWorkspaces ?? []).map((spec, index) => ({
      name: spec.name,
      spec,
      path: [...path, 'additionalWorkspaces', index],
    })),
  ];
}

/** The user's files of one workspace: a file of a referenced ConfigMap gives way to the inline one of the same path. */
export function placedFiles({ spec, path }: PlacedWorkspace, { instance, companions }: RuleContext): PlacedFile[] {
  const inline = Object.keys(spec.initialFiles ?? {}).map((file) => ({ file, path: [...path, 'initialFiles', file] }));
  const object = spec.configMapRef === undefined ? undefined : companions.find('ConfigMap', instance.namespace, spec.configMapRef.name);
  if (object === undefined) return inline;
  const names = new Set(inline.map(({ file }) => file));
  const referenced = [...configMapData(object).keys()].filter((file) => !names.has(file));
  return [...inline, ...referenced.map((file) => ({ file, object, path: ['data', file] }))];
}
