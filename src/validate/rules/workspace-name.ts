import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** POD-322, ARD-163: the form of a name is in the schema. */
export const workspaceName: Rule = {
  id: 'workspace-name',
  severity: 'error',
  summary: 'Two additional workspaces have one name.',
  hint: 'rename one of them',
  check({ instance: { spec } }: RuleContext) {
    const workspaces = spec.workspace?.additionalWorkspaces;
    if (workspaces === undefined) return [];
    const names = new Set<string>();
    const findings: Finding[] = [];
    for (const [index, { name }] of workspaces.entries()) {
      const path = ['spec', 'workspace', 'additionalWorkspaces', index, 'name'];
      if (names.has(name))
        findings.push({ path, message: `${safelyQuoted(name)} is the name of another workspace too; expected a name of its own` });
      names.add(name);
    }
    return findings;
  },
};
