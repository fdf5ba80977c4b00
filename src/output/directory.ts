/**
 * Rendered manifests as files: what `render --out` writes and `push` packs. Each agent has a directory of its own, so that a path
 * can name one agent (an Application or a Kustomization each), and its file a name that no tool takes for something else:
 * `AGENT.yaml` would be a kustomization, or a file that Flux leaves out of what it fetches, for agents of such names.
 */
import { invariant } from '../lib/invariant.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Instance } from '../resolve/instance.ts';
import { toYaml } from './yaml.ts';

/** Objects that belong together. */
export interface ManifestGroup {
  /** The instance that they are made for, as the user asked for it where that is known; null for namespaces and for what passes through. */
  readonly instance: { readonly namespace: string; readonly name: string; readonly asked?: Instance } | null;
  readonly objects: Iterable<JsonObject>;
}

export interface DirectoryFile {
  /** Relative, with slashes. */
  readonly path: string;
  readonly text: string;
  /** What it is made for; null for what is shared, and for the kustomization. */
  readonly instance: ManifestGroup['instance'];
}

/** A namespace has no dot in its name, so that no agent's directory is in the way. */
const SHARED_FILE = 'shared.yaml';
const MANIFESTS_FILE = 'manifests.yaml';
export const KUSTOMIZATION_FILE = 'kustomization.yaml';

/**
 * One file for each group that has objects, made while it is read, and last the kustomization that lists them: with it, nobody
 * applies what else lies there.
 */
export function* directoryFiles(groups: Iterable<ManifestGroup>): Generator<DirectoryFile> {
  const resources: string[] = [];
  for (const { instance, objects } of groups) {
    const text = documents(objects);
    if (text === '') continue;
    const path = instance === null ? SHARED_FILE : `${folder(instance.namespace)}/${folder(instance.name)}/${MANIFESTS_FILE}`;
    resources.push(path);
    yield { path, text, instance };
  }
  yield {
    path: KUSTOMIZATION_FILE,
    text: toYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources }),
    instance: null,
  };
}

/** Names that mean a device on Windows: no checkout there could hold them. */
const DEVICE = /^(?:aux|con|nul|prn|com[0-9]|lpt[0-9])$/;
const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Different for every name on every file system, and never a way out of the directory. An underscore is in no name of Kubernetes. */
function folder(name: string): string {
  invariant(DNS_LABEL.test(name), 'an instance or its namespace has a name that the rules refuse');
  return DEVICE.test(name) ? `_${name}` : name;
}

function documents(objects: Iterable<JsonObject>): string {
  let text = '';
  for (const object of objects) text += text === '' ? toYaml(object) : `---\n${toYaml(object)}`;
  return text;
}
