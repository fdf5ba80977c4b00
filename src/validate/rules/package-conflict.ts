import { PACK_PREFIX } from '../../lib/pack-reference.ts';
import type { Path } from '../../parse/source.ts';
import { clawHubSkill, packageReference } from '../../resolve/package-reference.ts';
import { packageNameProblem } from '../package-name.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { skillPlaces } from '../skill-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

interface Named {
  readonly name: string;
  readonly path: Path;
  /** Two of one place replace each other at every start. */
  readonly place: string;
}

/** A skill's directory; commands of npm packages are everybody's, whichever workspace names them. */
function skillPlace(name: string, path: Path): string {
  const { source, package: packageName } = packageReference(name);
  return source === 'npm' ? `npm ${packageName}` : JSON.stringify([path.slice(0, -1), clawHubSkill(packageName).slug]);
}

export const packageConflict: Rule = {
  id: 'package-conflict',
  severity: 'error',
  summary: 'Two names stand for one skill, package or plugin, which is installed once.',
  hint: 'keep one of the two',
  check({ instance: { spec }, resolved }: RuleContext) {
    const skills = skillPlaces(spec)
      .filter(({ name }) => !name.startsWith(PACK_PREFIX) && packageNameProblem(name, 'skill') === null)
      .map(({ name, path }): Named => ({ name, path, place: skillPlace(name, path) }));
    const ids = new Map(resolved.plugins.map(({ name, id }) => [name, id]));
    const plugins = (spec.plugins ?? []).map((name, index): Named => ({
      name,
      path: ['spec', 'plugins', index],
      place: `plugin ${ids.get(name) ?? name}`,
    }));
    const first = new Map<string, string>();
    const findings: Finding[] = [];
    for (const { name, path, place } of [...skills, ...plugins]) {
      const other = first.get(place);
      if (other === undefined) first.set(place, name);
      else if (other !== name || place.startsWith('plugin '))
        findings.push({ path, message: `${safelyQuoted(name)} is installed in the place of ${safelyQuoted(other)}; expected one of them` });
    }
    return findings;
  },
};
