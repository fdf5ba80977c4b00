import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { CASES } from '../instances.ts';

interface Audit {
  readonly summary: { readonly critical: number };
  readonly findings: readonly { readonly checkId: string; readonly severity: string }[];
}

/** OpenClaw's own audit finds nothing critical. */
export const securityAudit: Check = {
  id: 'security-audit',
  cases: CASES,
  run: async (agent) => {
    const { code, stdout, stderr } = await agent.openclaw('security', 'audit', '--json');
    assert.equal(code, 0, stdout + stderr);
    const { summary, findings } = JSON.parse(stdout) as Audit;
    const critical = findings.filter(({ severity }) => severity === 'critical').map(({ checkId }) => checkId);
    assert.deepEqual(critical, []);
    assert.equal(summary.critical, 0);
  },
};
