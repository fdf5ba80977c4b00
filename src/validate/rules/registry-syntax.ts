import { isRegistry } from '../../kube/image-reference.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const registrySyntax: Rule = {
  id: 'registry-syntax',
  severity: 'error',
  summary: 'The registry is not a host name, with a path where there is one.',
  hint: 'write it without scheme, e.g. "registry.example.com:5000/mirror"',
  check({ instance: { spec } }: RuleContext) {
    const registry = spec.registry ?? '';
    if (registry === '' || isRegistry(registry)) return [];
    return [
      {
        path: ['spec', 'registry'],
        message: `${safelyQuoted(registry)} is not a registry; expected a host name and perhaps a port and a path`,
      },
    ];
  },
};
