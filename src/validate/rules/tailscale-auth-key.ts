import { isConfigMapKey } from '../../kube/name-syntax.ts';
import { looksLikeCredential } from '../credentials.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const tailscaleAuthKey: Rule = {
  id: 'tailscale-auth-key',
  severity: 'error',
  summary: 'The key of the Secret with the auth key of the tailnet cannot be a key of a Secret.',
  hint: 'write the name of the key that holds the auth key, not the auth key itself; rename it in the Secret too if it has to change',
  check({ resolved: { tailscale } }: RuleContext) {
    if (tailscale === null || tailscale.authKey === null) return [];
    const { key } = tailscale.authKey;
    // An auth key is a valid key of a Secret too, and would stand in the manifest.
    if (isConfigMapKey(key) && !looksLikeCredential(key)) return [];
    return [
      {
        path: ['spec', 'tailscale', 'authKeySecretKey'],
        message: `${safelyQuoted(key)} is not a valid Secret key; expected letters, digits, "-", "_" or "."`,
      },
    ];
  },
};
