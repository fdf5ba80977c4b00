/** What judges ask of manifests, as predicates over all objects of one case; each gives the objects or containers that break it. */
import type { Container, PodSpec } from '../../src/kube/types.ts';
import { isJsonObject, valueAt, type Json, type JsonObject } from '../../src/lib/json.ts';
import { RESERVED_CONTAINERS } from '../../src/validate/reserved-names.ts';

/** Titles of what breaks the predicate. */
type Predicate = (objects: readonly JsonObject[]) => readonly string[];

interface Workload {
  readonly title: string;
  readonly kind: string;
  readonly spec: JsonObject;
  readonly pod: PodSpec;
  readonly labels: Readonly<Record<string, string>>;
}

function title(object: JsonObject): string {
  return `${String(object['kind'])}/${String(valueAt(object, 'metadata', 'name'))}`;
}

function ofKind(objects: readonly JsonObject[], ...kinds: readonly string[]): readonly JsonObject[] {
  return objects.filter(({ kind, metadata }) => kinds.includes(String(kind)) && isOurs(metadata));
}

/** What passes through is the user's. */
function isOurs(metadata: Json | undefined): boolean {
  return valueAt(metadata, 'labels', 'app.kubernetes.io/managed-by') === 'openclaw-gitops';
}

function workloads(objects: readonly JsonObject[]): readonly Workload[] {
  return ofKind(objects, 'StatefulSet', 'Job', 'CronJob').map((object) => {
    const spec = (object['kind'] === 'CronJob' ? valueAt(object, 'spec', 'jobTemplate', 'spec') : object['spec']) as JsonObject;
    const template = spec['template'] as JsonObject;
    return {
      title: title(object),
      kind: String(object['kind']),
      spec,
      pod: template['spec'] as unknown as PodSpec,
      labels: (valueAt(template, 'metadata', 'labels') ?? {}) as Readonly<Record<string, string>>,
    };
  });
}

/** Of our own containers: a user's container is the user's. */
function everyContainer(holds: (container: Container, pod: PodSpec, isInit: boolean) => boolean): Predicate {
  return (objects) =>
    workloads(objects).flatMap(({ title, pod }) => {
      const own = (containers: readonly Container[] | undefined): readonly Container[] =>
        (containers ?? []).filter(({ name }) => RESERVED_CONTAINERS.has(name));
      return [
        ...own(pod.containers).filter((container) => !holds(container, pod, false)),
        ...own(pod.initContainers).filter((container) => !holds(container, pod, true)),
      ].map(({ name }) => `${title} ${name}`);
    });
}

function everyPod(holds: (pod: PodSpec, workload: Workload) => boolean): Predicate {
  return (objects) =>
    workloads(objects)
      .filter((workload) => !holds(workload.pod, workload))
      .map(({ title }) => title);
}

function every(kinds: readonly string[], holds: (object: JsonObject, all: readonly JsonObject[]) => boolean): Predicate {
  return (objects) =>
    ofKind(objects, ...kinds)
      .filter((object) => !holds(object, objects))
      .map(title);
}

function resource(container: Container, of: 'requests' | 'limits', name: string): boolean {
  return container.resources?.[of]?.[name] !== undefined;
}

function rulesAvoid(forbidden: (rule: JsonObject) => boolean): Predicate {
  return every(['Role', 'ClusterRole'], (role) => !((role['rules'] ?? []) as JsonObject[]).some(forbidden));
}

function list(rule: JsonObject, field: string): readonly string[] {
  return (rule[field] ?? []) as unknown as readonly string[];
}

function selects(selector: Json | undefined, labels: Readonly<Record<string, string>>): boolean {
  return isJsonObject(selector) && Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** Names that Kubernetes' own conventions give to secret values. */
const SECRET_NAME = /(?:password|passwd|secret|token|api_?key|credential|private_?key)$/i;

/** What variables of such a name may say in the open: nothing, and the word that stands for a key where none is needed. */
const NO_SECRETS = ['', 'ollama-local'];

const NAMESPACE_KINDS: readonly string[] = ['LimitRange', 'Namespace', 'ResourceQuota'];

export const PREDICATES = {
  allCapabilitiesDropped: everyContainer(({ securityContext }) => securityContext?.capabilities?.drop?.includes('ALL') === true),
  noCapabilityAdded: everyContainer(({ securityContext }) => (securityContext?.capabilities?.add ?? []).length === 0),
  noPrivilege: everyContainer(({ securityContext }) => securityContext?.privileged !== true),
  noPrivilegeEscalation: everyContainer(({ securityContext }) => securityContext?.allowPrivilegeEscalation === false),
  readOnlyRootFilesystem: everyContainer(({ securityContext }) => securityContext?.readOnlyRootFilesystem === true),
  runsAsNonRoot: everyContainer(({ securityContext }) => securityContext?.runAsNonRoot === true && securityContext.runAsUser !== 0),
  neverGroupZero: everyPod(({ securityContext }) => securityContext?.runAsGroup !== 0 && securityContext?.fsGroup !== 0),
  seccompSet: everyContainer(({ securityContext }) => securityContext?.seccompProfile?.type === 'RuntimeDefault'),
  securityContextSet: everyContainer(({ securityContext }, pod) => securityContext !== undefined && pod.securityContext !== undefined),
  procMountDefault: everyContainer(({ securityContext }) => (securityContext?.procMount ?? 'Default') === 'Default'),
  noSeLinuxOptions: everyContainer(
    ({ securityContext }, pod) => securityContext?.seLinuxOptions === undefined && pod.securityContext?.seLinuxOptions === undefined,
  ),
  noWindowsHostProcess: everyPod(({ securityContext }) => securityContext?.windowsOptions === undefined),
  cpuRequested: everyContainer((container) => resource(container, 'requests', 'cpu')),
  memoryRequested: everyContainer((container) => resource(container, 'requests', 'memory')),
  cpuLimited: everyContainer((container) => resource(container, 'limits', 'cpu')),
  memoryLimited: everyContainer((container) => resource(container, 'limits', 'memory')),
  ephemeralStorageBounded: everyContainer(
    (container) => resource(container, 'requests', 'ephemeral-storage') && resource(container, 'limits', 'ephemeral-storage'),
  ),
  imageTagged: everyContainer(({ image }) => /[:@][^/]+$/.test(image ?? '') && image?.endsWith(':latest') === false),
  noHostPort: everyContainer(({ ports }) => (ports ?? []).every(({ hostPort }) => !hostPort)),
  noPrivilegedPort: everyContainer(({ ports }) => (ports ?? []).every(({ containerPort }) => containerPort >= 1024)),
  noSshPort: everyContainer(({ ports }) => (ports ?? []).every(({ containerPort }) => containerPort !== 22)),
  noDuplicateVariable: everyContainer(({ env }) => new Set((env ?? []).map(({ name }) => name)).size === (env ?? []).length),
  noSecretValueInEnvironment: everyContainer(({ env }) =>
    (env ?? []).every(({ name, value }) => !SECRET_NAME.test(name) || value === undefined || NO_SECRETS.includes(value)),
  ),
  agentHasLivenessProbe: everyContainer(({ name, livenessProbe }) => name !== 'openclaw' || livenessProbe !== undefined),
  agentHasReadinessProbe: everyContainer(({ name, readinessProbe }) => name !== 'openclaw' || readinessProbe !== undefined),
  probesDiffer: everyContainer(
    ({ name, livenessProbe, readinessProbe }) =>
      name !== 'openclaw' || livenessProbe === undefined || JSON.stringify(livenessProbe) !== JSON.stringify(readinessProbe),
  ),
  noHostNamespace: everyPod((pod) => pod.hostNetwork === false && pod.hostPID === false && pod.hostIPC === false),
  noHostPath: everyPod(({ volumes }) => (volumes ?? []).every(({ hostPath }) => hostPath === undefined)),
  noHostAliases: everyPod(({ hostAliases }) => hostAliases === undefined),
  noSysctl: everyPod(({ securityContext }) => securityContext?.sysctls === undefined),
  noApiTokenForTheAgent: everyPod((pod, { kind }) => kind !== 'StatefulSet' || pod.automountServiceAccountToken === false),
  ownServiceAccount: everyPod(({ serviceAccountName }) => serviceAccountName !== undefined && serviceAccountName !== 'default'),
  noDeprecatedServiceAccountField: everyPod((pod) => !('serviceAccount' in pod)),
  restartPolicySet: everyPod(({ restartPolicy }) => restartPolicy !== undefined),
  emptyDirsBounded: everyPod(({ volumes }) =>
    (volumes ?? []).every(({ emptyDir }) => emptyDir === undefined || emptyDir.sizeLimit !== undefined),
  ),
  selectedByNetworkPolicy: (objects) =>
    workloads(objects)
      .filter(
        ({ labels }) =>
          !ofKind(objects, 'NetworkPolicy').some((policy) => selects(valueAt(policy, 'spec', 'podSelector', 'matchLabels'), labels)),
      )
      .map(({ title }) => title),
  networkPolicySelectsPods: every(['NetworkPolicy'], (policy, all) =>
    workloads(all).some(({ labels }) => selects(valueAt(policy, 'spec', 'podSelector', 'matchLabels'), labels)),
  ),
  networkPolicyBothWays: every(['NetworkPolicy'], (policy) => {
    const types = valueAt(policy, 'spec', 'policyTypes') as unknown as readonly string[] | undefined;
    return types?.includes('Ingress') === true && types.includes('Egress');
  }),
  serviceSelectsPods: every(['Service'], (service, all) =>
    workloads(all).some(({ labels }) => selects(valueAt(service, 'spec', 'selector'), labels)),
  ),
  serviceInsideCluster: every(['Service'], (service) => valueAt(service, 'spec', 'type') === 'ClusterIP'),
  noExternalIp: every(['Service'], (service) => ((valueAt(service, 'spec', 'externalIPs') ?? []) as unknown as unknown[]).length === 0),
  disruptionBudgetPresent: (objects) =>
    workloads(objects)
      .filter(({ kind }) => kind === 'StatefulSet')
      .filter(
        ({ labels }) =>
          !ofKind(objects, 'PodDisruptionBudget').some((budget) => selects(valueAt(budget, 'spec', 'selector', 'matchLabels'), labels)),
      )
      .map(({ title }) => title),
  disruptionAllowed: every(['PodDisruptionBudget'], (budget) => valueAt(budget, 'spec', 'maxUnavailable') !== 0),
  unhealthyPodsEvicted: every(['PodDisruptionBudget'], (budget) => valueAt(budget, 'spec', 'unhealthyPodEvictionPolicy') === 'AlwaysAllow'),
  selectorMatchesTemplate: every(['StatefulSet'], (set) =>
    selects(
      valueAt(set, 'spec', 'selector', 'matchLabels'),
      (valueAt(set, 'spec', 'template', 'metadata', 'labels') ?? {}) as Record<string, string>,
    ),
  ),
  ingressTargetsService: every(['Ingress'], (ingress, all) => {
    const names = new Set(ofKind(all, 'Service').map((service) => valueAt(service, 'metadata', 'name')));
    return (
      JSON.stringify(ingress)
        .match(/"service":\{"name":"([^"]+)"/g)
        ?.every((text) => names.has(text.split('"').at(-2))) === true
    );
  }),
  ingressHasTls: every(['Ingress'], (ingress) => valueAt(ingress, 'spec', 'tls') !== undefined),
  noSnippetAnnotation: every(['Ingress'], (ingress) => !/-snippet/.test(JSON.stringify(valueAt(ingress, 'metadata', 'annotations') ?? {}))),
  autoscalerHasTarget: every(['HorizontalPodAutoscaler'], (scaler, all) =>
    ofKind(all, 'StatefulSet').some((set) => valueAt(set, 'metadata', 'name') === valueAt(scaler, 'spec', 'scaleTargetRef', 'name')),
  ),
  monitorSelectsService: every(['ServiceMonitor'], (monitor, all) =>
    ofKind(all, 'Service').some((service) =>
      selects(
        valueAt(monitor, 'spec', 'selector', 'matchLabels'),
        (valueAt(service, 'metadata', 'labels') ?? {}) as Record<string, string>,
      ),
    ),
  ),
  accountExists: everyPodWithAll((pod, all) =>
    ofKind(all, 'ServiceAccount').some((account) => valueAt(account, 'metadata', 'name') === pod.serviceAccountName),
  ),
  stableApiVersions: (objects) =>
    objects
      .filter(
        (object) =>
          isOurs(object['metadata']) &&
          /^(?:extensions|apps|policy|networking\.k8s\.io|batch|autoscaling)\/v\d+(?:alpha|beta)/.test(String(object['apiVersion'])),
      )
      .map(title),
  namespaced: (objects) =>
    objects
      .filter(
        (object) => isOurs(object['metadata']) && object['kind'] !== 'Namespace' && valueAt(object, 'metadata', 'namespace') === undefined,
      )
      .map(title),
  noClusterRole: (objects) => ofKind(objects, 'ClusterRole', 'ClusterRoleBinding').map(title),
  noWildcardRight: rulesAvoid((rule) => ['apiGroups', 'resources', 'verbs'].some((field) => list(rule, field).includes('*'))),
  secretsByNameOnly: rulesAvoid(
    (rule) =>
      list(rule, 'resources').includes('secrets') &&
      (list(rule, 'resourceNames').length === 0 ||
        list(rule, 'verbs').some((verb) => ['list', 'watch', 'create', 'delete'].includes(verb))),
  ),
  configMapsByNameOnly: rulesAvoid((rule) => list(rule, 'resources').includes('configmaps') && list(rule, 'resourceNames').length === 0),
  noRightOverWorkloads: rulesAvoid((rule) =>
    list(rule, 'resources').some((name) =>
      [
        'pods',
        'pods/exec',
        'pods/attach',
        'pods/log',
        'deployments',
        'statefulsets',
        'daemonsets',
        'jobs',
        'cronjobs',
        'nodes/proxy',
      ].includes(name),
    ),
  ),
  noRightOverRights: rulesAvoid(
    (rule) =>
      list(rule, 'resources').some((name) =>
        ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings', 'serviceaccounts/token'].includes(name),
      ) || list(rule, 'verbs').some((verb) => ['escalate', 'bind', 'impersonate'].includes(verb)),
  ),
  noRightOverNetworksOrWebhooks: rulesAvoid((rule) =>
    list(rule, 'resources').some((name) =>
      /^(?:networkpolicies|ingresses|services|endpoints|validatingwebhookconfigurations|mutatingwebhookconfigurations|persistentvolumes|events|certificatesigningrequests.*)$/.test(
        name,
      ),
    ),
  ),
  noSecretInConfigMaps: every(
    ['ConfigMap'],
    (configMap) => !/(?:sk-ant-|xox[abp]-|AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY)/.test(JSON.stringify(configMap['data'] ?? {})),
  ),
  labelsComplete: (objects) =>
    objects
      .filter((object) => isOurs(object['metadata']))
      .filter((object) => {
        // What is made once a namespace belongs to no single instance.
        const instance = NAMESPACE_KINDS.includes(String(object['kind'])) ? [] : ['app.kubernetes.io/instance'];
        return ['app.kubernetes.io/name', ...instance].some((key) => valueAt(object, 'metadata', 'labels', key) === undefined);
      })
      .map(title),
} as const satisfies Record<string, Predicate>;

export type PredicateName = keyof typeof PREDICATES;

function everyPodWithAll(holds: (pod: PodSpec, all: readonly JsonObject[]) => boolean): Predicate {
  return (objects) =>
    workloads(objects)
      .filter(({ pod }) => !holds(pod, objects))
      .map(({ title }) => title);
}
