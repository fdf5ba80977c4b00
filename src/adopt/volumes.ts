/** Volumes that an agent of the operator has now and would not have any more: it would start with nothing of what it knows. */
import type { KubeObject } from '../kube/types.ts';
import { objectKey, objectText, type LiveObject } from './live-object.ts';
import { entriesOf, isUpdateBy } from './managed-fields.ts';
import type { Adoption, Observed } from './observed.ts';

export function volumeProblems({ objects, rendered }: Observed, { operatorManager }: Adoption): readonly string[] {
  const problems: string[] = [];
  for (const { object } of rendered) {
    const live = objects.find((one) => objectKey(one) === objectKey(object));
    // Later it is Git that says which volumes there are.
    if (object.kind !== 'StatefulSet' || !live || !entriesOf(live).some((entry) => isUpdateBy(entry, operatorManager))) continue;
    const kept = claimsOf(object);
    for (const claim of claimsOf(live))
      if (!kept.includes(claim))
        problems.push(
          `${objectText(live)} has its data in PersistentVolumeClaim/${claim}, which is not rendered for it; name it in Git under spec.storage.persistence.existingClaim, or take it off in the cluster first`,
        );
  }
  return problems;
}

/** Of pods, as far as it is there: nobody has checked what a cluster holds. */
interface Workload {
  readonly spec?: {
    readonly template?: {
      readonly spec?: { readonly volumes?: readonly { readonly persistentVolumeClaim?: { readonly claimName: string } }[] };
    };
  };
}

function claimsOf(object: KubeObject | LiveObject): readonly string[] {
  const volumes = (object as unknown as Workload).spec?.template?.spec?.volumes ?? [];
  return volumes.flatMap(({ persistentVolumeClaim: claim }) => (claim === undefined ? [] : [claim.claimName]));
}
