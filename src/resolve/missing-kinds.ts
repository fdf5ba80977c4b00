import { OPTIONAL_KINDS, type OptionalKind } from '../kube/optional-kinds.ts';

/** An entry that names a kind, such as `apps/v1/StatefulSet` or `v1/Pod`. */
const NAMES_A_KIND = /\/[A-Z][^/]*$/;

/**
 * The optional kinds that a cluster with these APIs does not know; none where its APIs are not known.
 * Argo CD lists versions (`apps/v1`) and kinds (`apps/v1/StatefulSet`); in a list without any kind, the version counts.
 */
export function missingKinds(apiVersions: readonly string[] | undefined): readonly OptionalKind[] {
  if (apiVersions === undefined) return [];
  const known = new Set(apiVersions);
  const namesKinds = apiVersions.some((entry) => NAMES_A_KIND.test(entry));
  return (Object.keys(OPTIONAL_KINDS) as OptionalKind[]).filter((kind) => {
    const version = OPTIONAL_KINDS[kind];
    return !known.has(namesKinds ? `${version}/${kind}` : version);
  });
}
