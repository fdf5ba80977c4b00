import type { Rule, RuleContext } from '../rule.ts';
import type { Spec } from '../../resolve/instance.ts';

interface Later {
  readonly path: readonly string[];
  /** What does not happen. */
  readonly misses: string;
  readonly asksFor: (spec: Spec) => boolean;
}

/** Parts that are accepted and checked, whose work is done beside the renderer by what this version does not have. */
const LATER: readonly Later[] = [
  { path: ['backup'], misses: 'no backup is made', asksFor: (spec) => (spec.backup?.schedule ?? '') !== '' },
  { path: ['restoreFrom'], misses: 'the agent starts with what its volume holds', asksFor: (spec) => (spec.restoreFrom ?? '') !== '' },
  { path: ['autoUpdate'], misses: 'nobody opens pull requests for new versions', asksFor: (spec) => spec.autoUpdate?.enabled === true },
  { path: ['selfConfigure'], misses: 'requests of the agent stay unanswered', asksFor: (spec) => spec.selfConfigure?.enabled === true },
];

export const notYetSupported: Rule = {
  id: 'not-yet-supported',
  severity: 'warning',
  summary: 'The spec asks for something that this version accepts and does not act on.',
  hint: 'keep it if you can wait, and do by hand until then what it asks for',
  check({ instance: { spec } }: RuleContext) {
    return LATER.filter(({ asksFor }) => asksFor(spec)).map(({ path, misses }) => ({
      path: ['spec', ...path],
      part: 'key' as const,
      message: `"spec.${path.join('.')}" is accepted, but this version does not act on it: ${misses}`,
    }));
  },
};
