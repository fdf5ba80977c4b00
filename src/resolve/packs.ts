/** What skill packs put into each workspace. Priority there, highest first: our files, inline ones, referenced ones, packs. */
import { byCodeUnits } from '../lib/code-unit-order.ts';
import { isJsonObject, valueAt, type Json, type JsonObject } from '../lib/json.ts';
import { PACK_PREFIX } from '../lib/pack-reference.ts';
import type { Instance } from './instance.ts';
import type { LockedFile, LockedPacks } from './locked-packs.ts';
import type { ResolvedConfig, ResolvedWorkspace } from './resolved.ts';

export interface ResolvedPacks {
  /** `Replace` follows the packs at every start; `CreateOnly` leaves what is there as it is. */
  readonly policy: 'Replace' | 'CreateOnly';
  /** The default workspace first, then the additional ones by name. */
  readonly workspaces: readonly ResolvedPackWorkspace[];
  /** Entries for `skills.entries` of openclaw.json that the user's configuration does not have. */
  readonly entries: JsonObject;
}

export interface ResolvedPackWorkspace {
  /** Null for the default workspace. */
  readonly name: string | null;
  /** Directories that exist even without files, sorted. */
  readonly directories: readonly string[];
  /** By path in the workspace, in code-unit order. */
  readonly files: readonly ResolvedPackFile[];
}

export interface ResolvedPackFile extends LockedFile {
  readonly path: string;
}

/** The packs among skills as the spec lists them, in the order in which later ones win. */
export function packReferences(skills: readonly string[] | undefined): readonly string[] {
  return [...new Set((skills ?? []).filter((skill) => skill.startsWith(PACK_PREFIX)))].sort(byCodeUnits);
}

export function resolvePacks(
  { spec }: Instance,
  packs: LockedPacks,
  workspaces: readonly ResolvedWorkspace[],
  { base }: ResolvedConfig,
): ResolvedPacks {
  const additional = new Map((spec.workspace?.additionalWorkspaces ?? []).map((workspace) => [workspace.name, workspace.skills]));
  const entries = new Map<string, Json>();
  const resolved = workspaces.map(({ name, files: usersFiles }): ResolvedPackWorkspace => {
    const files = new Map<string, ResolvedPackFile>();
    const directories = new Set<string>();
    for (const reference of packReferences(name === null ? spec.skills : additional.get(name))) {
      const pack = packs.find(reference);
      if (pack.kind !== 'ready') continue;
      for (const { path, source } of pack.layout.files) files.set(path, { path, ...(pack.files.get(source) as LockedFile) });
      for (const directory of pack.layout.directories) directories.add(directory);
      for (const [key, value] of Object.entries(pack.layout.entries)) entries.set(key, value);
    }
    for (const { path } of usersFiles) files.delete(path);
    return {
      name,
      directories: [...directories].sort(),
      files: [...files.values()].sort((left, right) => byCodeUnits(left.path, right.path)),
    };
  });
  const users = valueAt(base, 'skills', 'entries');
  const missing = [...entries].filter(([key]) => !(isJsonObject(users) && Object.hasOwn(users, key)));
  return { policy: spec.skillPackUpdatePolicy ?? 'Replace', workspaces: resolved, entries: Object.fromEntries(missing) };
}
