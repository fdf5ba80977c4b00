import { placeText } from '../../diagnostics/diagnostic.ts';
import { claimKey, objectClaims, renderedNames, type Claimant } from '../object-names.ts';
import { gatewayTokenSecretName } from '../../kube/names.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

function other(claimant: Claimant): string {
  if ('instance' in claimant) return `rendered for OpenClawInstance ${safelyQuoted(claimant.instance.name)}`;
  return `made by the ${String(claimant.object.value['kind'])} at ${placeText(claimant.object.locate(['metadata', 'name']))}`;
}

function existingSecretHint(secret: string, instance: string): string {
  return secret === gatewayTokenSecretName(instance)
    ? `set spec.gateway.existingSecret to ${safelyQuoted(secret)} if the Secret holds the token`
    : `set spec.networking.ingress.security.basicAuth.existingSecret to ${safelyQuoted(secret)} if the Secret holds htpasswd lines`;
}

/** The instance that comes later by name is told; of an instance and an object of the user's, the instance. */
export const objectNameTaken: Rule = {
  id: 'object-name-taken',
  severity: 'error',
  summary: 'An object that the instance renders is in the input already, or rendered for another instance.',
  hint: 'rename one of them',
  check(context: RuleContext) {
    const { instance } = context;
    const claims = objectClaims(context);
    const findings: Finding[] = [];
    for (const rendered of renderedNames(instance)) {
      const claimant = claims.get(claimKey(instance.namespace, rendered));
      if (claimant === undefined) continue;
      // The same instance twice is told by a check of the whole input.
      if ('instance' in claimant && claimant.instance.name === instance.name) continue;
      const bringsSecret = rendered.kind === 'Secret' && !('instance' in claimant);
      findings.push({
        path: ['metadata', 'name'],
        message: `${rendered.kind} ${safelyQuoted(rendered.name)} of this instance is also ${other(claimant)}; expected one owner`,
        ...(bringsSecret ? { hint: existingSecretHint(rendered.name, instance.name) } : {}),
      });
    }
    return findings;
  },
};
