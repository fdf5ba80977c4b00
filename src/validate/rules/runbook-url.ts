import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Prometheus reads the annotation as a template, and refuses all rules of an object for one that it cannot read. */
const ADDRESS = /^https?:\/\/[^\s{}"<>\\]+$/;

export const runbookUrl: Rule = {
  id: 'runbook-url',
  severity: 'error',
  summary: 'The address of the runbooks is none that an alert can link to.',
  hint: 'write an address without blanks and braces; the name of the alert is added to it',
  check({ instance: { spec } }: RuleContext) {
    const address = spec.observability?.metrics?.prometheusRule?.runbookBaseURL ?? '';
    if (address === '' || ADDRESS.test(address)) return [];
    return [
      {
        path: ['spec', 'observability', 'metrics', 'prometheusRule', 'runbookBaseURL'],
        message: `${safelyQuoted(address)} is no address; expected a form such as "https://runbooks.example.com"`,
      },
    ];
  },
};
