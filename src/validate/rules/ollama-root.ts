import type { Rule, RuleContext } from '../rule.ts';

export const ollamaRoot: Rule = {
  id: 'ollama-root',
  severity: 'warning',
  summary: 'Ollama runs as root: its image knows no other user.',
  hint: 'run Ollama elsewhere and name its address in the configuration if your namespace enforces Pod Security "restricted"',
  check({ instance: { spec } }: RuleContext) {
    if (spec.ollama?.enabled !== true) return [];
    return [{ path: ['spec', 'ollama', 'enabled'], message: 'Ollama runs as user 0; expected no container that does' }];
  },
};
