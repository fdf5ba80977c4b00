import type { PodSpec } from '../../src/kube/types.ts';
import type { ApiClient, ApiObject } from './api-client.ts';
import { manifestOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';

/** What a pod names and the user has in the cluster: the server refuses pods without it before it looks at anything else. */
export async function provideReferences(client: ApiClient, pod: ApiObject & { readonly spec: PodSpec }): Promise<readonly Manifest[]> {
  const { priorityClassName, runtimeClassName, serviceAccountName } = pod.spec;
  const wanted: ApiObject[] = [];
  if (serviceAccountName)
    wanted.push({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: serviceAccountName, namespace: pod.metadata.namespace ?? 'default' },
    });
  if (runtimeClassName)
    wanted.push({ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: runtimeClassName }, handler: 'e2e' } as ApiObject);
  if (priorityClassName)
    wanted.push({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: priorityClassName },
      value: 1,
    } as ApiObject);
  const provided: Manifest[] = [];
  for (const object of wanted) {
    if ((await client.get(object)).status === 200) continue;
    const { message, status } = await client.create(object);
    if (status !== 201) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${message}`);
    provided.push(manifestOf(object));
  }
  return provided;
}
