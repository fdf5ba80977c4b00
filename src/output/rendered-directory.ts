/** How files say that `render --out` wrote them, and what its kustomization lists. */

/** The first line of a file at `path` in the directory: only what says this of its own path is ours to replace and to delete. */
export function headerOf(path: string): string {
  return `# Written by "openclaw-gitops render --out" as ${path}: changes here are lost.\n`;
}

const KUSTOMIZATION_LINES = new Set([
  'apiVersion: kustomize.config.k8s.io/v1beta1',
  'kind: Kustomization',
  'resources:',
  'resources: []',
  '',
]);
const LISTED = /^- "?((?:shared|[-_a-z0-9]+\/[-_a-z0-9]+\/manifests)\.yaml)"?$/;
/** Git's, which rendering again resolves. */
const CONFLICT_MARK = /^(?:<{7}|\|{7}|={7}|>{7})(?: |$)/;

/** What a kustomization of ours lists, or the first line of it that we did not write. */
export function listedFiles(text: string): { readonly files: readonly string[] } | { readonly strangeLine: number } {
  const files: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [, file] = LISTED.exec(line) ?? [];
    if (file !== undefined) files.push(file);
    else if (index > 0 && !KUSTOMIZATION_LINES.has(line) && !CONFLICT_MARK.test(line)) return { strangeLine: index + 1 };
  }
  return { files };
}
