/** ResourceLists as orchestrators write them, and the function's answers read back. */
import { parse } from 'yaml';
import { answer, type Answer } from '../../../src/commands/krm/answer.ts';
import { readResourceList } from '../../../src/parse/resource-list.ts';
import { renderParts } from '../../../src/render.ts';

export interface Result {
  readonly message: string;
  readonly severity: string;
  readonly resourceRef?: Readonly<Record<string, string>>;
  readonly field?: { readonly path: string };
  readonly file?: { readonly path: string; readonly index: number };
  readonly tags: { readonly rule: string; readonly hint?: string };
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Readonly<Record<string, string>> };
}

export interface Answered extends Answer {
  readonly output: string;
  readonly items: readonly Manifest[];
  readonly results: readonly Result[];
  readonly rules: readonly string[];
}

export function answered(text: string): Answered {
  const found = answer(new TextEncoder().encode(text), { readResourceList, renderParts });
  const output = found.text.join('');
  const list = parse(output) as { items: Manifest[]; results?: Result[] };
  const results = list.results ?? [];
  return { ...found, output, items: list.items, results, rules: results.map(({ tags }) => tags.rule) };
}

/** A list of these items, each without its dash and indentation. */
export function resourceList(items: readonly string[], functionConfig?: string): string {
  const lines = items.map((item) => `- ${indented(item)}`).join('');
  const config = functionConfig === undefined ? '' : `functionConfig:\n  ${indented(functionConfig)}`;
  return `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:${items.length === 0 ? ' []' : ''}\n${lines}${config}`;
}

function indented(text: string): string {
  return `${text.trimEnd().replaceAll('\n', '\n  ')}\n`;
}

export function parameters(data: Readonly<Record<string, string>>): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: function-input}\ndata: ${JSON.stringify(data)}\n`;
}

/** An instance that renders with no other warning than that nothing is pinned; `annotations` are lines of YAML. */
export function instance(name: string, annotations = '', namespace = 'openclaw'): string {
  return `# The agent ${name}.
apiVersion: openclaw.rocks/v1alpha1
kind: OpenClawInstance
metadata:
  name: ${name} # her name
  namespace: ${namespace}
${annotations === '' ? '' : `  annotations:\n    ${annotations.trimEnd().replaceAll('\n', '\n    ')}\n`}spec:
  image: {tag: 2026.9.6} # the newest
  envFrom: [{secretRef: {name: keys}}]
`;
}

/** The annotations that kpt gives to an item. */
export function inFile(path: string, index = 0): string {
  return `config.kubernetes.io/index: '${index}'
config.kubernetes.io/path: '${path}'
internal.config.kubernetes.io/index: '${index}'
internal.config.kubernetes.io/path: '${path}'
`;
}

export const CONFIG_MAP = `apiVersion: v1
kind: ConfigMap
metadata: {name: theirs, namespace: openclaw}
data:
  # why
  a: "1" # kept
  long: >-
    folded
    text

  list: "- not an item"
`;
