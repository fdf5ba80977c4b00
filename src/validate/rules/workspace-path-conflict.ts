import { safelyQuoted } from '../safely-quoted.ts';
import { placedFiles, placedWorkspaces } from '../workspaces.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const LONGEST = 253;

/** Every directory that `path` lies in. */
function parents(path: string): string[] {
  // What is longer is refused for its length.
  if (path.length > LONGEST) return [];
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

export const workspacePathConflict: Rule = {
  id: 'workspace-path-conflict',
  severity: 'error',
  summary: 'A workspace has a file and a directory of one name.',
  hint: 'rename one of them',
  check(context: RuleContext) {
    const findings: Finding[] = [];
    for (const workspace of placedWorkspaces(context)) {
      const files = placedFiles(workspace, context);
      const names = new Set(files.map(({ file }) => file));
      const clash = (path: string): string | undefined => parents(path).find((parent) => names.has(parent));
      for (const { file, path, object } of files) {
        const other = clash(file);
        if (other === undefined) continue;
        const place = object === undefined ? { path } : { path, object };
        findings.push({
          ...place,
          part: 'key',
          message: `file ${safelyQuoted(file)} lies in ${safelyQuoted(other)}, which is a file too; expected it to be one of the two`,
        });
      }
      for (const [index, entry] of (workspace.spec.initialDirectories ?? []).entries()) {
        const directory = entry.replace(/\/+$/, '');
        const other = names.has(directory) ? directory : clash(directory);
        if (other === undefined) continue;
        const path = [...workspace.path, 'initialDirectories', index];
        findings.push({
          path,
          message: `directory ${safelyQuoted(entry)} needs ${safelyQuoted(other)}, which is a file too; expected it to be one of the two`,
        });
      }
    }
    return findings;
  },
};
