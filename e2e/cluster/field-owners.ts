import type { ApiObject } from './api-client.ts';

export const FLUX = 'kustomize-controller';
export const ARGOCD = 'argocd-controller';

/** Where client-side apply remembers what it applied. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** An entry of `metadata.managedFields`. */
interface ManagedFields {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly subresource?: string;
}

/** The owners of an object's fields, without those that report its status. */
export function fieldOwners(object: ApiObject): readonly ManagedFields[] {
  const { managedFields = [] } = object.metadata as { readonly managedFields?: readonly ManagedFields[] };
  return managedFields.filter(({ subresource }) => subresource === undefined);
}
