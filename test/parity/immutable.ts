/** Fields that the API server refuses to change on a live object. */
const IMMUTABLE: { readonly [kind: string]: readonly string[] } = {
  StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.podManagementPolicy', 'spec.volumeClaimTemplates'],
  PersistentVolumeClaim: [
    'spec.accessModes',
    'spec.storageClassName',
    'spec.volumeName',
    'spec.volumeMode',
    'spec.selector',
    'spec.dataSource',
    'spec.dataSourceRef',
  ],
  Service: ['spec.clusterIP', 'spec.clusterIPs', 'spec.ipFamilies'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
  Job: ['spec.selector', 'spec.template', 'spec.completionMode'],
};

/** Paths of a kind that must always equal the operator's, name and namespace included. */
export function immutablePaths(kind: string): readonly string[] {
  return ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace', ...(IMMUTABLE[kind] ?? [])];
}

/** Inside of those, what the API server writes by itself where it is left out: written or not, the live object is the same. */
const FILLED_IN: readonly string[] = [
  'StatefulSet spec.volumeClaimTemplates[*].apiVersion',
  'StatefulSet spec.volumeClaimTemplates[*].kind',
];

/** Whether a field may be written although the operator leaves it to the API server. */
export function isFilledIn(kind: string, path: string): boolean {
  return FILLED_IN.includes(`${kind} ${path}`);
}

/** Objects of adopted kinds that may be left out all the same: they hold neither data nor an address that anybody outside the pod depends on. */
const DISPENSABLE: readonly string[] = ['ConfigMap <name>-dashboard-operator', 'Secret <name>-s3-credentials', 'Service <name>-cdp'];

/** Whether an object of the operator's must be rendered, so that the live one is adopted. */
export function isAdopted(kind: string, name: string): boolean {
  return ADOPTED_KINDS.includes(kind) && !DISPENSABLE.includes(`${kind} ${name}`);
}

/** Kinds whose objects must be adopted: no departure may leave one of the operator's out, because it holds data or addresses. */
const ADOPTED_KINDS: readonly string[] = ['StatefulSet', 'PersistentVolumeClaim', 'Service', 'ConfigMap', 'Secret', 'ServiceAccount'];
