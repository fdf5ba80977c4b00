/** The rules about the input as a whole, found while it is classified; `rules/` holds those about one instance. */
import type { Rule } from './rule.ts';

export const inputRules: readonly Pick<Rule, 'id' | 'severity' | 'summary' | 'hint'>[] = [
  {
    id: 'cluster-defaults-name',
    severity: 'warning',
    summary: 'An OpenClawClusterDefaults has another name than the one that applies.',
    hint: 'rename it to "cluster" or delete it',
  },
  {
    id: 'duplicate-object',
    severity: 'error',
    summary: 'Two objects of the input have the same kind, namespace and name.',
    hint: 'delete or rename one of them',
  },
  {
    id: 'no-instances',
    severity: 'error',
    summary: 'The input holds no OpenClawInstance, so that applying the output would delete every agent.',
    hint: 'name a file or directory that holds one, or pass --allow-empty',
  },
  {
    id: 'unknown-api-version',
    severity: 'error',
    summary: 'An object of the group openclaw.rocks has a version that is not known.',
    hint: 'use openclaw.rocks/v1alpha1',
  },
  {
    id: 'unknown-kind',
    severity: 'error',
    summary: 'An object of the group openclaw.rocks has a kind that is not known.',
    hint: 'use OpenClawInstance or OpenClawClusterDefaults',
  },
];
