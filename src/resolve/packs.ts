/** What skill packs put into each workspace. Priority there, highest first: our files, inline ones, referenced ones, packs. */
import { packFileKey } from '../kube/pack-file-key.ts';
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
  /** Its key in the ConfigMap that all packs travel in; a file that is the same in two workspaces has one. */
  readonly key: string;
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
  const keys = new Map<string, string>();
  const resolved = workspaces.map(({ name, files: usersFiles }): ResolvedPackWorkspace => {
    const files = new Map<string, LockedFile>();
    const directories = new Set<string>();
    for (const reference of packReferences(name === null ? spec.skills : additional.get(name))) {
      const pack = packs.find(reference);
      if (pack.kind !== 'ready') continue;
      for (const { path, source } of pack.layout.files) files.set(path, pack.files.get(source) as LockedFile);
      for (const directory of pack.layout.directories) directories.add(directory);
      for (const [key, value] of Object.entries(pack.layout.entries)) entries.set(key, value);
    }
    for (const { path } of usersFiles) files.delete(path);
    const sorted = [...files].sort(([left], [right]) => byCodeUnits(left, right));
    return {
      name,
      directories: [...directories].sort(),
      files: sorted.map(([path, file]) => ({ path, key: keyOf(name, path, file), ...file })),
    };
  });
  const users = valueAt(base, 'skills', 'entries');
  const missing = [...entries].filter(([key]) => !(isJsonObject(users) && Object.hasOwn(users, key)));
  return { policy: spec.skillPackUpdatePolicy ?? 'Replace', workspaces: resolved, entries: Object.fromEntries(missing) };

  function keyOf(workspace: string | null, path: string, { text, isBase64 }: LockedFile): string {
    const content = `${path}\n${isBase64 ? 'bytes' : 'text'}\n${text}`;
    const key = keys.get(content) ?? packFileKey(workspace, path);
    keys.set(content, key);
    return key;
  }
}
