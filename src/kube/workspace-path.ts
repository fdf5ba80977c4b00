const CONFIG_FILE = 'openclaw.json';

/** What is wrong with the path of a file in a workspace, as a part of a sentence, or null. */
export function workspacePathProblem(path: string): string | null {
  if (path === '') return 'is empty';
  if (path.includes('\\')) return 'has a backslash';
  if (path.startsWith('/')) return 'is absolute';
  if (path.endsWith('/')) return 'ends with "/"';
  if (path === CONFIG_FILE) return 'is the name of the configuration';
  for (const part of path.split('/')) {
    if (part === '') return 'has an empty part';
    if (part.includes('..')) return 'has ".."';
    if (part.startsWith('.')) return 'has a hidden part';
  }
  return null;
}
