import type { Diagnostic, Location } from '../diagnostics/diagnostic.ts';

/** Everything that reading the input can refuse, with the hint that is given when there is no better one. */
export const PARSE_PROBLEMS = {
  alias: { severity: 'error', hint: 'define the anchor (&name) earlier in the same document, outside of itself' },
  'byte-order-mark': { severity: 'error', hint: 'delete the invisible character U+FEFF; it may only be the first of a file' },
  'complex-key': { severity: 'error', hint: 'use plain text as key' },
  'control-character': { severity: 'error', hint: 'delete it, or write it as an escape in a double-quoted string' },
  directive: { severity: 'error', hint: 'delete the line; documents are read as kubectl reads them' },
  'duplicate-key': { severity: 'error', hint: 'keep one of the two' },
  encoding: { severity: 'error', hint: 'save the file as UTF-8' },
  'expansion-limit': { severity: 'error', hint: 'write the values out, or split the input' },
  'function-config': { severity: 'error', hint: '"openclaw-gitops krm --help" lists the parameters' },
  'generate-name': { severity: 'error', hint: 'set metadata.name; a generated name would be another object at every sync' },
  'key-read-as': { severity: 'warning', hint: 'quote the key if it is meant as text' },
  kustomize: { severity: 'error', hint: 'run "kustomize build" on the directory and repair what it reports' },
  'kustomize-missing': { severity: 'error', hint: 'install kustomize or kubectl, or name the files instead of the directory' },
  merge: { severity: 'error', hint: 'merge (<<) takes a map, an alias of one, or a list of them' },
  'merge-order': { severity: 'error', hint: 'put the merge (<<) before the key: YAML readers disagree which of the two wins' },
  'missing-api-version': { severity: 'error', hint: 'every object needs apiVersion, kind and metadata.name' },
  'missing-kind': { severity: 'error', hint: 'every object needs apiVersion, kind and metadata.name' },
  'missing-name': { severity: 'error', hint: 'every object needs apiVersion, kind and metadata.name' },
  'nested-kustomization': { severity: 'error', hint: 'name that directory itself, or make a kustomization in the parent that lists it' },
  'nesting-limit': { severity: 'error', hint: 'flatten the document' },
  'no-files': { severity: 'error', hint: 'name a directory with *.yaml, *.yml or *.json files in it' },
  'not-an-object': { severity: 'error', hint: 'a document is a map with apiVersion, kind and metadata' },
  'not-found': { severity: 'error', hint: 'check the spelling and the current directory' },
  number: { severity: 'error', hint: 'quote it if it is meant as text' },
  'reserved-key': { severity: 'error', hint: 'choose another key' },
  'resource-list': { severity: 'error', hint: 'run the command as a function of kustomize or kpt; "openclaw-gitops render" takes files' },
  'size-limit': { severity: 'error', hint: 'split the input into several runs' },
  'special-file': { severity: 'error', hint: 'name regular files or directories; use "-" to read a pipe' },
  surrogate: { severity: 'error', hint: 'write the character itself instead of the \\u escape' },
  'symlink-outside': { severity: 'error', hint: 'replace the link by the file, or name its target as an argument' },
  tag: { severity: 'error', hint: 'delete the tag and write the value as plain YAML' },
  unreadable: { severity: 'error', hint: 'check the permissions' },
  'yaml-syntax': { severity: 'error', hint: 'check indentation, quotes and brackets here and on the line before' },
} as const satisfies Record<string, { readonly severity: Diagnostic['severity']; readonly hint: string }>;

export type ParseCode = keyof typeof PARSE_PROBLEMS;

/** A diagnostic with the rule id `parse/<code>`; `hint` replaces the one of the table. */
export function problem(code: ParseCode, message: string, location: Location, hint?: string): Diagnostic {
  const { severity, hint: usualHint } = PARSE_PROBLEMS[code];
  return { severity, rule: `parse/${code}`, message, hint: hint ?? usualHint, location };
}

/** The location of a file as a whole. */
export function wholeFile(file: string): Location {
  return { file, line: 1, column: 1, length: 1 };
}
