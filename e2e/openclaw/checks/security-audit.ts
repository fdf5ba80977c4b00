import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

interface Audit {
  readonly summary: { readonly critical: number };
  readonly findings: readonly { readonly checkId: string; readonly severity: string }[];
}

/** OpenClaw's own audit finds nothing critical that the case does not ask for. */
export const securityAudit: Check = {
  id: 'security-audit',
  run: async (agent) => {
    const { code, stdout, stderr } = await agent.openclaw('security', 'audit', '--json');
    assert.equal(code, 0, stdout + stderr);
    const { summary, findings } = JSON.parse(stdout) as Audit;
    const critical = findings.filter(({ severity }) => severity === 'critical').map(({ checkId }) => checkId);
    const expected = agent.agentCase.criticalFindings ?? [];
    assert.deepEqual(critical.toSorted(), expected.toSorted());
    assert.equal(summary.critical, expected.length);
  },
};
