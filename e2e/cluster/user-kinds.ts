/**
 * Kinds that users keep beside their agents and that pass through unchanged. The server gets a definition that takes any content:
 * what is in such an object is the user's and its controller's business. Kinds that we render never stand here; theirs is the real one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, ApiObject } from './api-client.ts';
import type { Manifest } from './manifest.ts';

interface UserKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
}

const USER_KINDS: readonly UserKind[] = [
  { group: 'bitnami.com', version: 'v1alpha1', kind: 'SealedSecret', plural: 'sealedsecrets' },
  { group: 'example.com', version: 'v1beta1', kind: 'Widget', plural: 'widgets' },
  { group: 'external-secrets.io', version: 'v1', kind: 'ExternalSecret', plural: 'externalsecrets' },
];
const SERVED_TIMEOUT_SECONDS = 30;

/** Makes the server know the users' kinds; throws when a manifest of ours is of such a kind. */
export async function defineUserKinds(client: ApiClient, manifests: readonly Manifest[]): Promise<void> {
  for (const userKind of USER_KINDS) {
    const { group, kind, version } = userKind;
    for (const { id, object } of manifests) {
      if (object.apiVersion !== `${group}/${version}` || object.kind !== kind) continue;
      if (object.metadata.labels?.['app.kubernetes.io/managed-by'] === 'openclaw-gitops')
        throw new Error(`${id} is rendered by us: it needs the real definition of its kind`);
    }
    const { message, status } = await client.apply(definition(userKind), { fieldManager: 'openclaw-gitops-e2e' });
    if (status !== 200 && status !== 201) throw new Error(`definition of ${kind}: ${status} ${message}`);
  }
  const deadline = performance.now() + SERVED_TIMEOUT_SECONDS * 1000;
  for (const { group, kind, version } of USER_KINDS) {
    while (!(await client.serves(`${group}/${version}`, kind))) {
      if (performance.now() > deadline) throw new Error(`the API server still does not serve ${kind}`);
      await sleep(50);
    }
  }
}

function definition({ group, kind, plural, version }: UserKind): ApiObject {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const spec = { group, scope: 'Namespaced', names: { kind, plural }, versions: [{ name: version, served: true, storage: true, schema }] };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec,
  } as ApiObject;
}
