/** What people and programs try in a namespace of agents, and which policy of install/admission denies it. */
import type { ApiAnswer, ApiClient, ApiObject } from '../api-client.ts';
import type { Manifest } from '../manifest.ts';
import type { Attempt } from './admission-attempt.ts';
import { podAttempts } from './admission-pod-attempts.ts';

const WORKLOADS = 'openclaw-gitops-workloads';
const NETWORK_POLICIES = 'openclaw-gitops-network-policies';
const ACCESS = 'openclaw-gitops-access';
const SERVICES = 'openclaw-gitops-services';
const SECRETS = 'openclaw-gitops-secrets';
const CLAIMS = 'openclaw-gitops-claims';

const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
interface Place {
  /** The rendered agent, as stored. */
  readonly bot: readonly Manifest[];
  readonly namespace: string;
  /** A namespace that no list names. */
  readonly elsewhere: string;
}

/** All attempts; none of them leaves anything behind but the token and the annotation, which two of them need. */
export async function admissionAttempts(client: ApiClient, { bot, namespace, elsewhere }: Place): Promise<readonly Attempt[]> {
  const object = (kind: string): ApiObject => bot.find((manifest) => manifest.object.kind === kind)!.object;
  const path = async (kind: string): Promise<string> => client.path(object(kind));
  const statefulSet = await path('StatefulSet');
  const networkPolicy = await path('NetworkPolicy');
  const role = await path('Role');
  const roleBinding = await path('RoleBinding');
  const secret = await path('Secret');
  const claim = await path('PersistentVolumeClaim');
  const service = await path('Service');

  const patched =
    (target: string, change: object, type = MERGE) =>
    (sender: ApiClient): Promise<ApiAnswer> =>
      sender.send('PATCH', `${target}?dryRun=All`, change, type);
  const removed =
    (target: string) =>
    (sender: ApiClient): Promise<ApiAnswer> =>
      sender.send('DELETE', `${target}?dryRun=All`);
  const created =
    (made: object) =>
    (sender: ApiClient): Promise<ApiAnswer> =>
      sender.create(made as ApiObject, { dryRun: true });
  const container = (fields: object): object => ({ spec: { template: { spec: { containers: [{ name: 'openclaw', ...fields }] } } } });
  const serviceOf = (selector: object | undefined, place = namespace): object => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'attempt', namespace: place },
    spec: { type: 'LoadBalancer', ports: [{ port: 80, targetPort: 18780 }], ...(selector === undefined ? {} : { selector }) },
  });

  return [
    ...podAttempts(namespace),
    {
      person: 'somebody',
      title: 'adds an environment variable',
      denied: WORKLOADS,
      send: patched(statefulSet, container({ env: [{ name: 'X', value: '1' }] }), STRATEGIC),
    },
    {
      person: 'somebody',
      title: 'adds a container',
      denied: WORKLOADS,
      send: patched(
        statefulSet,
        { spec: { template: { spec: { containers: [{ name: 'spy', image: 'registry.test/spy:1' }] } } } },
        STRATEGIC,
      ),
    },
    {
      person: 'somebody',
      title: 'sets hostNetwork',
      denied: WORKLOADS,
      send: patched(statefulSet, { spec: { template: { spec: { hostNetwork: true } } } }),
    },
    {
      person: 'somebody',
      title: 'takes the label away',
      denied: WORKLOADS,
      send: patched(statefulSet, { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } }),
    },
    {
      person: 'somebody',
      title: "takes the pods' label away",
      denied: WORKLOADS,
      send: patched(statefulSet, { spec: { template: { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } } } }),
    },
    {
      person: 'somebody',
      title: 'restarts the agent',
      denied: null,
      send: patched(statefulSet, {
        spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' } } } },
      }),
    },
    { person: 'somebody', title: 'scales the agent', denied: null, send: patched(statefulSet, { spec: { replicas: 0 } }) },
    {
      person: 'a helper',
      title: 'adds an environment variable',
      denied: null,
      send: patched(statefulSet, container({ env: [{ name: 'X', value: '1' }] }), STRATEGIC),
    },
    {
      person: 'Argo CD',
      title: 'adds an environment variable',
      denied: null,
      send: patched(statefulSet, container({ env: [{ name: 'X', value: '1' }] }), STRATEGIC),
    },
    {
      person: 'Flux',
      title: 'changes the pods',
      denied: null,
      send: patched(statefulSet, { spec: { template: { spec: { terminationGracePeriodSeconds: 7 } } } }),
    },

    {
      person: 'somebody',
      title: 'opens a NetworkPolicy',
      denied: NETWORK_POLICIES,
      send: patched(networkPolicy, { spec: { egress: [{}] } }),
    },
    { person: 'somebody', title: 'deletes a NetworkPolicy', denied: NETWORK_POLICIES, send: removed(networkPolicy) },
    {
      person: 'somebody',
      title: 'annotates a NetworkPolicy',
      denied: null,
      send: patched(networkPolicy, { metadata: { annotations: { note: 'x' } } }),
    },
    { person: 'Argo CD', title: 'changes a NetworkPolicy', denied: null, send: patched(networkPolicy, { spec: { egress: [] } }) },
    { person: 'Flux', title: 'deletes a NetworkPolicy', denied: null, send: removed(networkPolicy) },
    { person: 'the namespace controller', title: 'deletes a NetworkPolicy', denied: null, send: removed(networkPolicy) },

    {
      person: 'somebody',
      title: 'widens a Role',
      denied: ACCESS,
      send: patched(role, { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] }),
    },
    {
      person: 'somebody',
      title: 'binds somebody else',
      denied: ACCESS,
      send: patched(roleBinding, { subjects: [{ kind: 'ServiceAccount', name: 'bot', namespace }] }),
    },
    { person: 'somebody', title: 'annotates a Role', denied: null, send: patched(role, { metadata: { annotations: { note: 'x' } } }) },
    { person: 'Argo CD', title: 'changes a Role', denied: null, send: patched(role, { rules: [] }) },

    {
      person: 'somebody',
      title: 'a Service that selects the agent',
      denied: SERVICES,
      send: created(serviceOf({ 'app.kubernetes.io/name': 'openclaw', 'app.kubernetes.io/instance': 'bot' })),
    },
    {
      person: 'somebody',
      title: 'a Service that selects by instance alone',
      denied: SERVICES,
      send: created(serviceOf({ 'app.kubernetes.io/instance': 'bot' })),
    },
    {
      person: 'somebody',
      title: 'a Service that selects the pod by its name',
      denied: SERVICES,
      send: created(serviceOf({ 'statefulset.kubernetes.io/pod-name': 'bot-0' })),
    },
    {
      person: 'somebody',
      title: "opens the agent's Service",
      denied: SERVICES,
      send: patched(service, { spec: { type: 'LoadBalancer' } }),
    },
    {
      person: 'somebody',
      title: "annotates the agent's Service",
      denied: null,
      send: patched(service, { metadata: { annotations: { note: 'x' } } }),
    },
    {
      person: 'somebody',
      title: 'a Service of another program',
      denied: null,
      send: created(serviceOf({ 'app.kubernetes.io/name': 'grafana', 'app.kubernetes.io/instance': 'bot' })),
    },
    { person: 'somebody', title: 'a Service without a selector', denied: null, send: created(serviceOf(undefined)) },
    {
      person: 'somebody',
      title: 'a Service by instance where no agents are',
      denied: null,
      send: created(serviceOf({ 'app.kubernetes.io/instance': 'bot' }, elsewhere)),
    },
    {
      person: 'Argo CD',
      title: 'a Service that selects the agent',
      denied: null,
      send: created(serviceOf({ 'app.kubernetes.io/name': 'openclaw', 'app.kubernetes.io/instance': 'bot' })),
    },

    {
      person: 'the Job',
      title: 'fills the token',
      denied: null,
      // Stored: the attempts below are about a Secret that has one.
      send: (sender) => sender.send('PATCH', secret, { data: { token: 'b25l' } }, MERGE),
    },
    { person: 'somebody', title: 'changes the token', denied: SECRETS, send: patched(secret, { data: { token: 'dHdv' } }) },
    { person: 'somebody', title: 'takes the token away', denied: SECRETS, send: patched(secret, { data: null }) },
    { person: 'a Job elsewhere', title: 'changes the token', denied: SECRETS, send: patched(secret, { data: { token: 'dHdv' } }) },
    {
      person: 'Argo CD',
      title: 'replaces the Secret by the empty one',
      denied: SECRETS,
      send: (sender) => sender.send('PUT', `${secret}?dryRun=All`, object('Secret')),
    },
    {
      person: 'somebody',
      title: "takes the Secret's label away",
      denied: SECRETS,
      send: patched(secret, { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } }),
    },
    {
      person: 'Argo CD',
      title: 'applies the empty Secret',
      denied: null,
      send: (sender) => sender.apply(object('Secret'), { fieldManager: 'argocd-controller', dryRun: true }),
    },
    {
      person: 'Flux',
      title: 'applies the empty Secret',
      denied: null,
      send: (sender) => sender.apply(object('Secret'), { fieldManager: 'kustomize-controller', dryRun: true }),
    },
    { person: 'somebody', title: 'adds a key', denied: null, send: patched(secret, { data: { other: 'b25l' } }) },
    { person: 'a helper', title: 'changes the token', denied: null, send: patched(secret, { data: { token: 'dHdv' } }) },
    { person: 'somebody', title: 'deletes the Secret', denied: null, send: removed(secret) },

    { person: 'somebody', title: 'deletes the claim', denied: CLAIMS, send: removed(claim) },
    { person: 'Argo CD', title: 'deletes the claim', denied: CLAIMS, send: removed(claim) },
    { person: 'the garbage collector', title: 'deletes the claim', denied: CLAIMS, send: removed(claim) },
    {
      person: 'somebody',
      title: "takes the claim's label away",
      denied: CLAIMS,
      send: patched(claim, { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } }),
    },
    { person: 'the namespace controller', title: 'deletes the claim', denied: CLAIMS, send: removed(claim) },
    {
      person: 'somebody',
      title: 'says that the claim may go',
      denied: null,
      send: (sender) =>
        sender.send('PATCH', claim, { metadata: { annotations: { 'gitops.openclaw.rocks/allow-deletion': 'true' } } }, MERGE),
    },
    { person: 'somebody', title: 'deletes the claim then', denied: null, send: removed(claim) },
    { person: 'somebody', title: 'labels the claim', denied: null, send: patched(claim, { metadata: { labels: { note: 'x' } } }) },
  ];
}
