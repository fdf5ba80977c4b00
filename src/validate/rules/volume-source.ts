import { safelyQuoted } from '../safely-quoted.ts';
import { userVolumes, volumeSources } from '../user-volumes.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const volumeSource: Rule = {
  id: 'volume-source',
  severity: 'error',
  summary: 'A volume of the user has no source, or several.',
  hint: 'give each volume one source, such as emptyDir, configMap, secret or persistentVolumeClaim',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { volume, path } of userVolumes(instance)) {
      const sources = volumeSources(volume);
      if (sources.length === 1) continue;
      const found = sources.length === 0 ? 'no source' : `the sources ${sources.map((source) => `"${source}"`).join(' and ')}`;
      findings.push({ path, message: `volume ${safelyQuoted(volume.name)} has ${found}; expected one` });
    }
    return findings;
  },
};
