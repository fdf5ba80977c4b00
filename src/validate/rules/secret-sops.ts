import { readSecrets } from '../read-secrets.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** The text changes whenever it is encrypted anew, and with it the hash that restarts the pod. */
export const secretSops: Rule = {
  id: 'secret-sops',
  severity: 'warning',
  summary: 'A Secret that the pod reads is encrypted with SOPS: Flux decrypts it, Argo CD would apply the encrypted text.',
  hint: 'under Argo CD use a SealedSecret or an ExternalSecret; under Flux set decryption in the Kustomization',
  check(context: RuleContext) {
    const findings: Finding[] = [];
    for (const { name, path } of readSecrets(context)) {
      const object = context.companions.find('Secret', context.instance.namespace, name);
      if (object === undefined || object.value['sops'] === undefined) continue;
      findings.push({
        path,
        message: `Secret ${safelyQuoted(name)} is encrypted with SOPS, which Argo CD does not decrypt; expected a SealedSecret or an ExternalSecret there`,
      });
    }
    return findings;
  },
};
