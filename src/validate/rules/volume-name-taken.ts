import { RESERVED_VOLUMES } from '../reserved-names.ts';
import { takenNames } from '../taken-names.ts';
import { userVolumes } from '../user-volumes.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const volumeNameTaken: Rule = {
  id: 'volume-name-taken',
  severity: 'error',
  summary: 'A volume of the user has a name that is reserved, or that another one has.',
  hint: 'rename the volume and its mounts',
  check({ instance }: RuleContext) {
    const named = userVolumes(instance).map(({ volume, path }) => ({ name: volume.name, path }));
    return takenNames('volume', RESERVED_VOLUMES, named);
  },
};
