/** The rules about the input as a whole, found while it is classified; `rules/` holds those about one instance. */
import type { Rule } from './rule.ts';
import { SILENCE_RULE } from './silenced.ts';

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
    id: 'lock-incomplete',
    severity: 'warning',
    summary: 'A container runs an image for which the lock has no digest.',
    hint: 'run "openclaw-gitops lock" on the directory that is rendered, with the flags that it is rendered with',
  },
  {
    id: 'lock-missing',
    severity: 'warning',
    summary: 'The input has no openclaw.lock.yaml, so that an image is whatever its tag means on the day that a node pulls it.',
    hint: 'run "openclaw-gitops lock" on the directory that is rendered, and commit what it writes',
  },
  {
    id: 'namespace-level-lowered',
    severity: 'warning',
    summary: 'A namespace that is rendered cannot have the Pod Security level that was asked for: it would refuse pods of its instances.',
    hint: 'mend what the message names, or ask for less',
  },
  {
    id: 'no-instances',
    severity: 'error',
    summary: 'The input holds no OpenClawInstance, so that applying the output would delete every agent.',
    hint: 'name a file or directory that holds one, or pass --allow-empty',
  },
  SILENCE_RULE,
  {
    id: 'pack-mismatch',
    severity: 'error',
    summary: 'The vendored files of a skill pack are not those that the lock has.',
    hint: 'run "openclaw-gitops lock" on the directory that is rendered, and review what changes',
  },
  {
    id: 'pack-unusable',
    severity: 'error',
    summary: 'The files of a skill pack are no pack, or would leave the workspace.',
    hint: 'have the pack repaired and run "openclaw-gitops lock", or name another revision of it',
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
