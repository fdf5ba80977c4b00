import { workspacePathProblem } from '../../kube/workspace-path.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { placedFiles, placedWorkspaces } from '../workspaces.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const LONGEST = 253;

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** What is wrong with the path of a file, as a part of a sentence, or null. A ConfigMap's keys are flat, `initialFiles` may be nested. */
function fileProblem(file: string, isFlat: boolean): string | null {
  if (byteLength(file) > LONGEST) return `is longer than ${LONGEST} bytes`;
  if (isFlat && file.includes('/')) return 'has a "/"';
  return workspacePathProblem(file);
}

function directoryProblem(directory: string): string | null {
  if (directory === '') return 'is empty';
  if (byteLength(directory) > LONGEST) return `is longer than ${LONGEST} bytes`;
  if (directory.includes('\\')) return 'has a backslash';
  if (directory.includes('..')) return 'has ".."';
  return directory.startsWith('/') ? 'is absolute' : null;
}

/** POD-319 to POD-321, ARD-161, ARD-162, ARD-164. */
export const workspacePath: Rule = {
  id: 'workspace-path',
  severity: 'error',
  summary: 'The path of a workspace file or directory leads out of the workspace, is hidden or cannot be written.',
  hint: 'write a relative path with "/" between its parts, none of which starts with a dot',
  check(context: RuleContext) {
    const findings: Finding[] = [];
    for (const workspace of placedWorkspaces(context)) {
      for (const { file, path, object } of placedFiles(workspace, context)) {
        const problem = fileProblem(file, object !== undefined);
        if (problem === null) continue;
        const place = object === undefined ? { path } : { path, object };
        findings.push({ ...place, part: 'key', message: `file ${safelyQuoted(file)} ${problem}; expected a path inside the workspace` });
      }
      for (const [index, directory] of (workspace.spec.initialDirectories ?? []).entries()) {
        const problem = directoryProblem(directory);
        if (problem === null) continue;
        const path = [...workspace.path, 'initialDirectories', index];
        findings.push({ path, message: `directory ${safelyQuoted(directory)} ${problem}; expected a path inside the workspace` });
      }
    }
    return findings;
  },
};
