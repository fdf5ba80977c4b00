import { PACK_PREFIX } from '../../lib/pack-reference.ts';
import { packageNameProblem } from '../package-name.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { skillPlaces } from '../skill-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const EXACT = /.@\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/;

export const packageUnpinned: Rule = {
  id: 'package-unpinned',
  severity: 'warning',
  summary: 'A skill or plugin of ClawHub or npm has no exact version, neither in its name nor in the lock.',
  hint: 'run "openclaw-gitops lock" on the directory that is rendered, and commit what it writes',
  check({ instance: { spec }, lock, lockIsReadable }: RuleContext) {
    if (!lockIsReadable) return [];
    const skills = skillPlaces(spec).filter(({ name }) => !name.startsWith(PACK_PREFIX) && lock?.skills.has(name) !== true);
    const plugins = (spec.plugins ?? [])
      .map((name, index) => ({ name, path: ['spec', 'plugins', index] }))
      .filter(({ name }) => lock?.plugins.has(name) !== true);
    return [
      ...skills.filter(({ name }) => packageNameProblem(name, 'skill') === null),
      ...plugins.filter(({ name }) => packageNameProblem(name, 'plugin') === null),
    ]
      .filter(({ name }) => !EXACT.test(name))
      .map(({ name, path }): Finding => ({
        path,
        message: `${safelyQuoted(name)} is whichever release is the newest when the agent installs it; expected an exact version`,
      }));
  },
};
