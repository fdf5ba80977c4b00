import { parse } from 'yaml';
import type { ApiObject } from './api-client.ts';

/** One rendered object: its text goes to the server unchanged, so that the server's own reader judges it too. */
export interface Manifest {
  readonly text: string;
  readonly object: ApiObject;
  /** `Kind/name`. */
  readonly id: string;
}

/** The documents of a rendered YAML file, in order. */
export function manifestsOfYaml(text: string): readonly Manifest[] {
  const manifests: Manifest[] = [];
  // Inside a document every `---` line is indented, since our documents are mappings.
  for (const document of text.split(/^---\n/m)) {
    if (document.trim() !== '') manifests.push(manifest(document, parse(document)));
  }
  return manifests;
}

/** The objects of JSON lines, in order. */
export function manifestsOfJsonLines(text: string): readonly Manifest[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => manifest(line, JSON.parse(line)));
}

/** An object that is not rendered. */
export function manifestOf(object: ApiObject): Manifest {
  return manifest(JSON.stringify(object), object);
}

/** The manifest of a kind that must be there exactly once. */
export function only(manifests: readonly Manifest[], kind: string): Manifest {
  const found = manifests.filter(({ object }) => object.kind === kind);
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} rendered objects of kind ${kind}, expected one`);
  return first;
}

function manifest(text: string, value: unknown): Manifest {
  const object = value as ApiObject | null;
  if (typeof object?.apiVersion !== 'string' || typeof object.kind !== 'string' || typeof object.metadata?.name !== 'string') {
    throw new Error(`not a Kubernetes object: ${text.slice(0, 80)}`);
  }
  return { text, object, id: `${object.kind}/${object.metadata.name}` };
}
