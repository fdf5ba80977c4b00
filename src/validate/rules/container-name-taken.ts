import { RESERVED_CONTAINERS } from '../reserved-names.ts';
import { takenNames } from '../taken-names.ts';
import { userContainers } from '../user-containers.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** POD-327, D27: containers and init containers of a pod share one set of names. */
export const containerNameTaken: Rule = {
  id: 'container-name-taken',
  severity: 'error',
  summary: 'A container of the user has a name that is reserved, or that another one has.',
  hint: 'rename the container',
  check({ instance }: RuleContext) {
    const named = userContainers(instance).map(({ container, path }) => ({ name: container.name, path }));
    return takenNames('container', RESERVED_CONTAINERS, named);
  },
};
