import { placeText } from '../../diagnostics/diagnostic.ts';
import { isJsonObject, type Json } from '../../lib/json.ts';
import { readSecrets } from '../read-secrets.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

function holdsValues(value: Json | undefined): boolean {
  return isJsonObject(value) && Object.values(value).some((item) => item !== '' && item !== null);
}

export const secretInGit: Rule = {
  id: 'secret-in-git',
  severity: 'warning',
  summary: 'A Secret that the pod reads is in the input in clear: whoever reads the repository reads it.',
  hint: 'keep it as a SealedSecret or ExternalSecret, and change the values that have been in Git',
  check(context: RuleContext) {
    const findings: Finding[] = [];
    for (const { name, path } of readSecrets(context)) {
      const object = context.companions.find('Secret', context.instance.namespace, name);
      if (object === undefined || object.value['sops'] !== undefined) continue;
      if (!holdsValues(object.value['data']) && !holdsValues(object.value['stringData'])) continue;
      findings.push({
        path,
        message: `Secret ${safelyQuoted(name)} stands in clear in ${placeText(object.locate(['metadata', 'name']))}; expected its values outside of Git, or encrypted`,
      });
    }
    return findings;
  },
};
