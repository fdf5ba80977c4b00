import { patterns, specPlaces } from '../spec-places.ts';
import type { Rule, RuleContext } from '../rule.ts';

const CLAIM = 'ephemeral.volumeClaimTemplate.spec.accessModes';
const LISTS = patterns('storage.persistence.accessModes', `extraVolumes.*.${CLAIM}`, `sidecarVolumes.*.${CLAIM}`);

export const accessModes: Rule = {
  id: 'access-modes',
  severity: 'error',
  summary: 'A claim for one pod alone asks for another access mode too.',
  hint: 'leave ReadWriteOncePod alone in the list, or remove it',
  check({ instance: { spec } }: RuleContext) {
    return specPlaces(spec, LISTS)
      .filter(({ value }) => new Set(value as readonly string[]).size > 1 && (value as readonly string[]).includes('ReadWriteOncePod'))
      .map(({ path }) => ({ path, message: '"ReadWriteOncePod" is one of several access modes; expected no other beside it' }));
  },
};
