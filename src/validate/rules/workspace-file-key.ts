import { workspaceFileKey } from '../../kube/workspace-file-key.ts';
import { isConfigMapKey } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { placedFiles, placedWorkspaces } from '../workspaces.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const LONGEST = 253;

/** POD-334, D7, D8: files travel as keys of one ConfigMap, where "/" becomes "--". */
export const workspaceFileKeyRule: Rule = {
  id: 'workspace-file-key',
  severity: 'error',
  summary: 'Two workspace files would have one key in the ConfigMap they travel in, or a key is too long.',
  hint: 'rename one of the files',
  check(context: RuleContext) {
    const findings: Finding[] = [];
    const owners = new Map<string, string>();
    for (const workspace of placedWorkspaces(context)) {
      const title = workspace.name === null ? '' : ` of workspace ${safelyQuoted(workspace.name)}`;
      for (const { file, path, object } of placedFiles(workspace, context)) {
        const place = object === undefined ? { path } : { path, object };
        const key = workspaceFileKey(workspace.name, file);
        const owner = owners.get(key);
        if (owner !== undefined) {
          findings.push({
            ...place,
            part: 'key',
            message: `file ${safelyQuoted(file)}${title} has the same key, ${safelyQuoted(key)}, as ${owner}; expected different ones`,
          });
        } else if (key.length > LONGEST) {
          findings.push({
            ...place,
            part: 'key',
            message: `file ${safelyQuoted(file)}${title} needs a key of ${key.length} characters; expected at most ${LONGEST}`,
          });
        } else if (file !== '' && !isConfigMapKey(key)) {
          findings.push({
            ...place,
            part: 'key',
            message: `file ${safelyQuoted(file)}${title} cannot be the key of a ConfigMap; expected another name`,
          });
        }
        if (owner === undefined) owners.set(key, `file ${safelyQuoted(file)}${title}`);
      }
    }
    return findings;
  },
};
