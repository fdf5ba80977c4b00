import type { Finding, Rule, RuleContext } from '../rule.ts';

export const webTerminalLogin: Rule = {
  id: 'web-terminal-login',
  severity: 'error',
  summary: 'The login of the web terminal would be seen by other containers of the pod.',
  hint: 'set spec.shareProcessNamespace to false, or leave the login out',
  check({ resolved: { webTerminal, security } }: RuleContext): readonly Finding[] {
    if (webTerminal === null || webTerminal.credentialSecret === null || !security.shareProcessNamespace) return [];
    const message = '"credential" is an argument of the terminal, which every container sees while the process namespace is shared';
    return [{ path: ['spec', 'webTerminal', 'credential'], part: 'key', message }];
  },
};
