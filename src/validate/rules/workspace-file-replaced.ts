import { safelyQuoted } from '../safely-quoted.ts';
import { placedFiles, placedWorkspaces } from '../workspaces.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const workspaceFileReplaced: Rule = {
  id: 'workspace-file-replaced',
  severity: 'warning',
  summary: 'A workspace file of the user has the name of one that every workspace gets.',
  hint: 'rename it; BOOTSTRAP.md may stay if spec.workspace.bootstrap.enabled is false',
  check(context: RuleContext) {
    const findings: Finding[] = [];
    const bootstrap = context.instance.spec.workspace?.bootstrap?.enabled ?? true;
    for (const workspace of placedWorkspaces(context)) {
      const ours = ['ENVIRONMENT.md'];
      if (workspace.name === null && bootstrap) ours.push('BOOTSTRAP.md');
      if (workspace.name === null && context.resolved.selfConfigure !== null) ours.push('SELFCONFIG.md');
      for (const { file, path, object } of placedFiles(workspace, context)) {
        if (!ours.includes(file)) continue;
        const place = object === undefined ? { path } : { path, object };
        findings.push({
          ...place,
          part: 'key',
          message: `file ${safelyQuoted(file)} is replaced by the one that every workspace gets; expected another name`,
        });
      }
    }
    return findings;
  },
};
