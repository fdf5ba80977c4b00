import type { ApiClient, ApiObject } from './api-client.ts';

const OWNER = 'openclaw-gitops-e2e';

/** Runs a check in namespaces of ours, and takes them away after it where a controller is there to empty them. */
export async function withNamespaces<Result>(client: ApiClient, names: Iterable<string>, check: () => Promise<Result>): Promise<Result> {
  const prepared: string[] = [];
  try {
    for (const name of names) {
      await prepareNamespace(client, name);
      prepared.push(name);
    }
    return await check();
  } finally {
    for (const name of prepared) await client.remove(namespaceObject(name));
  }
}

/** A namespace as controllers would have filled it, in which only pods that meet Pod Security `restricted` are admitted. */
async function prepareNamespace(client: ApiClient, name: string): Promise<void> {
  const object = namespaceObject(name);
  const { body, status } = await client.get(object);
  // Every server has `default`; any other one that is not ours may hold a real agent.
  if (status === 200 && name !== 'default' && (body as ApiObject).metadata.labels?.[OWNER] === undefined)
    throw new Error(`the namespace ${name} exists already and is not ours`);
  await stored(client, object);
  // Without the controller manager nobody makes these two, and pods are refused without the first.
  await stored(client, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } });
  await stored(client, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-root-ca.crt', namespace: name },
    data: { 'ca.crt': client.connection.certificateAuthority },
  });
}

function namespaceObject(name: string): ApiObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { [OWNER]: 'true', 'pod-security.kubernetes.io/enforce': 'restricted' } },
  };
}

async function stored(client: ApiClient, object: ApiObject & { readonly data?: Readonly<Record<string, string>> }): Promise<void> {
  const { message, status } = await client.apply(object, { fieldManager: OWNER });
  if (status !== 200 && status !== 201) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${message}`);
}
