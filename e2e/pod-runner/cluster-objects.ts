import type { ConfigMap, Ingress, Job, KubeObject, Secret, Service, StatefulSet } from '../../src/kube/types.ts';

interface Kinds {
  readonly ConfigMap: ConfigMap;
  readonly Ingress: Ingress;
  readonly Job: Job;
  readonly PrometheusRule: KubeObject;
  readonly Secret: Secret;
  readonly Service: Service;
  readonly ServiceMonitor: KubeObject;
  readonly StatefulSet: StatefulSet;
}

/** What would be in the namespace: read by the volumes and the environment of a pod, as the kubelet does. */
export class ClusterObjects {
  readonly #objects = new Map<string, KubeObject>();

  /** From one JSON object a line. */
  static fromJsonLines(text: string): ClusterObjects {
    const objects = new ClusterObjects();
    for (const line of text.split('\n')) if (line.trim() !== '') objects.put(JSON.parse(line) as KubeObject);
    return objects;
  }

  put(object: KubeObject): void {
    this.#objects.set(`${object.kind}/${object.metadata.name ?? ''}`, object);
  }

  find<Kind extends keyof Kinds>(kind: Kind, name: string): Kinds[Kind] | undefined {
    return this.#objects.get(`${kind}/${name}`) as Kinds[Kind] | undefined;
  }

  get<Kind extends keyof Kinds>(kind: Kind, name: string): Kinds[Kind] {
    const found = this.find(kind, name);
    if (found === undefined) throw new Error(`${kind} ${name} is not in the manifests`);
    return found;
  }

  all<Kind extends keyof Kinds>(kind: Kind): Kinds[Kind][] {
    return [...this.#objects.values()].filter((object) => object.kind === kind) as Kinds[Kind][];
  }

  /** The only object of a kind. */
  only<Kind extends keyof Kinds>(kind: Kind): Kinds[Kind] {
    const [found, ...others] = this.all(kind);
    if (found === undefined || others.length > 0)
      throw new Error(`found ${found ? others.length + 1 : 0} objects of kind ${kind}, expected one`);
    return found;
  }
}

/** The files of a ConfigMap or Secret by key. */
export function contentOf(object: ConfigMap | Secret): Map<string, Buffer> {
  const content = new Map<string, Buffer>();
  const isSecret = object.kind === 'Secret';
  for (const [key, value] of Object.entries(object.data ?? {})) content.set(key, Buffer.from(value, isSecret ? 'base64' : 'utf8'));
  if (object.kind === 'Secret') for (const [key, value] of Object.entries(object.stringData ?? {})) content.set(key, Buffer.from(value));
  if (object.kind === 'ConfigMap')
    for (const [key, value] of Object.entries(object.binaryData ?? {})) content.set(key, Buffer.from(value, 'base64'));
  return content;
}
