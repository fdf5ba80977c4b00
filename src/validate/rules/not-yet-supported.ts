import type { Rule, RuleContext } from '../rule.ts';
import type { Spec } from '../../resolve/instance.ts';

interface Feature {
  readonly name: string;
  readonly path: readonly string[];
  readonly asksFor: (spec: Spec) => boolean;
}

interface Later {
  readonly path: readonly string[];
  /** What does not happen. */
  readonly misses: string;
  readonly asksFor: (spec: Spec) => boolean;
}

/** Parts of the spec that the renderer does not know yet. `enabled: false` asks for nothing. */
const FEATURES: readonly Feature[] = [{ name: 'chromium', path: ['chromium'], asksFor: (spec) => spec.chromium?.enabled === true }];

/** Parts that are accepted and checked, whose work is done beside the renderer by what this version does not have. */
const LATER: readonly Later[] = [
  { path: ['backup'], misses: 'no backup is made', asksFor: (spec) => (spec.backup?.schedule ?? '') !== '' },
  { path: ['restoreFrom'], misses: 'the agent starts with what its volume holds', asksFor: (spec) => (spec.restoreFrom ?? '') !== '' },
  { path: ['autoUpdate'], misses: 'nobody opens pull requests for new versions', asksFor: (spec) => spec.autoUpdate?.enabled === true },
  { path: ['selfConfigure'], misses: 'requests of the agent stay unanswered', asksFor: (spec) => spec.selfConfigure?.enabled === true },
];

export const notYetSupported: Rule = {
  id: 'not-yet-supported',
  severity: 'error',
  summary: 'The spec asks for something that this version cannot render, or does not act on.',
  hint: 'remove the field, or set `enabled: false` until a version of openclaw-gitops has it',
  check({ instance }: RuleContext) {
    const { spec } = instance;
    const later = LATER.filter(({ asksFor }) => asksFor(spec)).map(({ path, misses }) => ({
      path: ['spec', ...path],
      part: 'key' as const,
      severity: 'warning' as const,
      hint: 'keep it if you can wait, and do by hand until then what it asks for',
      message: `"spec.${path.join('.')}" is accepted, but this version does not act on it: ${misses}`,
    }));
    const refused = FEATURES.filter((feature) => feature.asksFor(spec)).map(({ name, path }) => ({
      path: ['spec', ...path],
      part: 'key' as const,
      message: `"spec.${path.join('.')}" asks for ${name}, which this version cannot render yet`,
    }));
    return [...refused, ...later];
  },
};
