import type { Diagnostic, Location } from '../../diagnostics/diagnostic.ts';

/** Everything that `render --out` can refuse, with the hint that is given when there is no better one. */
export const OUT_PROBLEMS = {
  changed: 'undo the change; a kustomization of your own can name this directory and change what is in it',
  'foreign-directory': 'name a new or empty directory, or one that "render --out" wrote',
  'foreign-file': 'move it out of the directory, or delete it',
  immutable: 'undo the change, or delete the object in the cluster, so that the engine makes it anew',
  'kustomize-text': 'keep such text in binaryData of a ConfigMap or in a Secret of your own, or write it in another way',
  link: 'replace it by what it leads to, or delete it',
  stale: 'render into the directory again',
  unwritable: 'check permissions and free space',
} as const;

/** A diagnostic with the rule id `out/<code>`, always an error; `hint` replaces the one of the table. */
export function outProblem(
  code: keyof typeof OUT_PROBLEMS,
  message: string,
  location: Location,
  hint: string = OUT_PROBLEMS[code],
): Diagnostic {
  return { severity: 'error', rule: `out/${code}`, message, hint, location };
}
