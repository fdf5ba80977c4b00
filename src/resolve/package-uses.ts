import { PACK_PREFIX } from '../lib/pack-reference.ts';
import type { Instance } from './instance.ts';

/** Names that a lock can pin, each with the first instance that uses it, as `namespace/name`. */
export interface PackageUses {
  readonly packs: ReadonlyMap<string, string>;
  readonly skills: ReadonlyMap<string, string>;
  readonly plugins: ReadonlyMap<string, string>;
}

/** The packs, skills and plugins of these instances, in the order of the instances. */
export function packageUses(instances: readonly Instance[]): PackageUses {
  const [packs, skills, plugins] = [new Map<string, string>(), new Map<string, string>(), new Map<string, string>()];
  for (const { name, namespace, spec } of instances) {
    const user = `${namespace}/${name}`;
    const additional = spec.workspace?.additionalWorkspaces ?? [];
    for (const skill of [...(spec.skills ?? []), ...additional.flatMap((workspace) => workspace.skills ?? [])]) {
      const uses = skill.startsWith(PACK_PREFIX) ? packs : skills;
      if (!uses.has(skill)) uses.set(skill, user);
    }
    for (const plugin of spec.plugins ?? []) if (!plugins.has(plugin)) plugins.set(plugin, user);
  }
  return { packs, skills, plugins };
}
