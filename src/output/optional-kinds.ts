/**
 * Kinds that the cluster may not know: with one of them in a set, Argo CD's sync ends Failed and heals nothing, and Flux applies
 * nothing (both measured). What the cluster is known not to know is left out, and the rule `missing-crd` has said so; the rest
 * lets Argo CD apply everything else. Features make such objects like any other and know nothing of this stage: a kind is
 * optional by its line in `kube/optional-kinds.ts`.
 */
import { withSyncOption } from '../kube/annotations.ts';
import { isOptional, type OptionalKind } from '../kube/optional-kinds.ts';
import type { KubeObject } from '../kube/types.ts';

export function withoutMissing(objects: readonly KubeObject[], missing: readonly OptionalKind[]): KubeObject[] {
  return objects.flatMap((object) => {
    const { apiVersion, kind, metadata } = object;
    if (!isOptional(apiVersion, kind)) return [object];
    if ((missing as readonly string[]).includes(kind)) return [];
    const annotations = withSyncOption(metadata.annotations ?? {}, 'SkipDryRunOnMissingResource=true');
    return [{ ...object, metadata: { ...metadata, annotations } }];
  });
}
