import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const SNIPPET = /^nginx\.ingress\.kubernetes\.io\/(.*-snippet)$/;

export const ingressSnippet: Rule = {
  id: 'ingress-snippet',
  severity: 'warning',
  summary:
    'An annotation of the Ingress holds lines for nginx.conf: ingress-nginx refuses the whole Ingress unless its administrator allows that.',
  hint: 'remove the annotation; whoever may write it can read every Secret that the controller reads',
  check({ resolved: { ingress } }: RuleContext) {
    return Object.keys(ingress?.annotations ?? {}).flatMap((key) => {
      const [, name] = SNIPPET.exec(key) ?? [];
      if (name === undefined) return [];
      const path = ['spec', 'networking', 'ingress', 'annotations', key];
      return [{ path, part: 'key' as const, message: `${safelyQuoted(name)} holds lines for nginx.conf; expected none` }];
    });
  },
};
