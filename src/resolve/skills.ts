/** Which skills of ClawHub and which npm packages are installed, and where. Packs are files and not installed. */
import { byCodeUnits } from '../lib/code-unit-order.ts';
import { PACK_PREFIX } from '../lib/pack-reference.ts';
import type { Instance } from './instance.ts';
import type { LockedPackage } from './lock.ts';
import { clawHubSkill, packageReference } from './package-reference.ts';

export interface ResolvedSkills {
  /** Those of all agents first, then those of additional workspaces by name; each in code-unit order. */
  readonly clawHub: readonly ResolvedSkill[];
  /** For their commands, once each, whichever workspace names them. */
  readonly packages: readonly ResolvedPackage[];
}

interface ResolvedRelease {
  /** As the spec has it. */
  readonly name: string;
  /** Exact version or tag; null for the newest. */
  readonly version: string | null;
  readonly integrity: string | null;
}

export interface ResolvedSkill extends ResolvedRelease {
  /** Additional workspace that alone has it; null for a skill of all agents. */
  readonly workspace: string | null;
  readonly owner: string | null;
  readonly slug: string;
}

export interface ResolvedPackage extends ResolvedRelease {
  readonly package: string;
}

export function resolveSkills({ spec }: Instance, locked: ReadonlyMap<string, LockedPackage>): ResolvedSkills {
  const additional = [...(spec.workspace?.additionalWorkspaces ?? [])].sort((left, right) => byCodeUnits(left.name, right.name));
  const lists = [
    { workspace: null, skills: spec.skills ?? [] },
    ...additional.map(({ name, skills = [] }) => ({ workspace: name, skills })),
  ];
  const clawHub: ResolvedSkill[] = [];
  const packages = new Map<string, ResolvedPackage>();
  for (const { workspace, skills } of lists) {
    for (const name of skills.filter((skill) => !skill.startsWith(PACK_PREFIX)).sort(byCodeUnits)) {
      const reference = packageReference(name);
      const release = { name, version: locked.get(name)?.version ?? reference.version, integrity: locked.get(name)?.integrity ?? null };
      if (reference.source === 'npm') packages.set(reference.package, { ...release, package: reference.package });
      else clawHub.push({ ...release, ...clawHubSkill(reference.package), workspace });
    }
  }
  return { clawHub, packages: [...packages.values()].sort((left, right) => byCodeUnits(left.package, right.package)) };
}
