import { companionKeys } from '../companion-keys.ts';
import { envLists } from '../env-lists.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Path } from '../../parse/source.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const TOKEN_KEY = 'token';

/** Only objects of the same input can be looked into; the container of a missing key never starts. */
export const referenceKeyMissing: Rule = {
  id: 'reference-key-missing',
  severity: 'error',
  summary:
    'A variable, the token, the auth key of the tailnet or the CA bundle is to come from a key that the ConfigMap or Secret in the input does not have.',
  hint: 'add the key to the object, or correct the reference',
  check({ instance, resolved, companions }: RuleContext) {
    const { namespace, spec } = instance;
    const findings: Finding[] = [];
    const check = (kind: 'ConfigMap' | 'Secret', name: string, key: string, path: Path): void => {
      const keys = companionKeys(companions, kind, namespace, name);
      if (keys === null || keys.has(key)) return;
      findings.push({ path, message: `${kind} ${safelyQuoted(name)} has no key ${safelyQuoted(key)}; expected a key that it has` });
    };
    for (const { entries } of envLists(instance)) {
      for (const { entry, path } of entries) {
        const { configMapKeyRef, secretKeyRef } = entry.valueFrom ?? {};
        const reference = secretKeyRef ?? configMapKeyRef;
        if (reference === undefined || reference.optional === true) continue;
        const [kind, field] =
          secretKeyRef === undefined ? (['ConfigMap', 'configMapKeyRef'] as const) : (['Secret', 'secretKeyRef'] as const);
        check(kind, reference.name ?? '', reference.key, [...path, 'valueFrom', field, 'key']);
      }
    }
    const token = spec.gateway?.existingSecret ?? '';
    if (resolved.caBundle !== null) {
      const { source, key } = resolved.caBundle;
      check(source.kind, source.name, key, ['spec', 'security', 'caBundle', 'key']);
    }
    const authKey = resolved.tailscale?.authKey ?? null;
    if (authKey !== null) check('Secret', authKey.secret, authKey.key, ['spec', 'tailscale', 'authKeySecretKey']);
    if (token !== '') check('Secret', token, TOKEN_KEY, ['spec', 'gateway', 'existingSecret']);
    return findings;
  },
};
