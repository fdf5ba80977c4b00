import { nearest } from '../../lib/nearest.ts';
import { RESERVED_VOLUMES, SHARED_VOLUMES } from '../reserved-names.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { mountLists } from '../user-mounts.ts';
import { userVolumes } from '../user-volumes.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const volumeMountUnknown: Rule = {
  id: 'volume-mount-unknown',
  severity: 'error',
  summary: 'A mount names a volume that the pod does not have.',
  hint: 'add the volume to spec.extraVolumes or spec.sidecarVolumes',
  check({ instance, resolved }: RuleContext) {
    const lists = mountLists(instance);
    if (lists.length === 0) return [];
    const known = new Set([...userVolumes(instance).map(({ volume }) => volume.name), ...SHARED_VOLUMES]);
    if (resolved.caBundle !== null) known.add('ca-bundle');
    const findings: Finding[] = [];
    for (const { mount, path } of lists.flatMap(({ mounts }) => mounts)) {
      if (known.has(mount.name)) continue;
      const near = nearest(mount.name, [...known]);
      const hint = near === null ? {} : { hint: `did you mean ${near}?` };
      const found = RESERVED_VOLUMES.has(mount.name) ? 'is a volume for containers of the pod itself' : 'is not a volume of the pod';
      const message = `${safelyQuoted(mount.name)} ${found}; expected one of "spec.extraVolumes" or "spec.sidecarVolumes"`;
      findings.push({ path: [...path, 'name'], ...hint, message });
    }
    return findings;
  },
};
