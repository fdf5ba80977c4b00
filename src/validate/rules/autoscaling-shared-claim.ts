import { resolveAutoScaling } from '../../resolve/auto-scaling.ts';
import { claimUses } from '../claim-uses.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** Only the agent's own claim is made once for each replica. */
export const autoscalingSharedClaim: Rule = {
  id: 'autoscaling-shared-claim',
  severity: 'error',
  summary: 'Autoscaling would let several replicas use the one claim of the browser or of Ollama.',
  hint: 'switch autoscaling off, or chromium.persistence: a browser without it forgets its logins with the pod',
  check({ instance }: RuleContext) {
    if ((resolveAutoScaling(instance)?.maxReplicas ?? 1) < 2) return [];
    const findings: Finding[] = [];
    for (const { what, claimName, path } of claimUses(instance)) {
      const claim = `claim ${safelyQuoted(claimName)}`;
      if (what === 'browser profile') {
        // headless-shell does not lock its profile as the browser with windows does.
        findings.push({
          path,
          message: `the browsers of all replicas would write to one profile on ${claim}, which destroys it; expected one browser for each claim`,
        });
      }
      if (what === 'models') {
        findings.push({
          path,
          severity: 'warning',
          message: `the Ollama of every replica uses ${claim}, and a replica on another node waits for it unless it is ReadWriteMany; expected models in each pod`,
          hint: 'leave existingClaim out, so that each pod pulls its models, or bring a claim that many nodes can mount',
        });
      }
    }
    return findings;
  },
};
