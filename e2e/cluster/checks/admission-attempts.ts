/** What people and programs try in a namespace of agents, and which policy of install/admission denies it. */
import type { ApiClient, ApiObject } from '../api-client.ts';
import type { Manifest } from '../manifest.ts';
import { created, patched, removed, type Attempt } from './admission-attempt.ts';
import { dataAttempts } from './admission-data-attempts.ts';
import { podAttempts } from './admission-pod-attempts.ts';
import type { Strangers } from './admission-strangers.ts';

const WORKLOADS = 'openclaw-gitops-workloads';
const NETWORK_POLICIES = 'openclaw-gitops-network-policies';
const ACCESS = 'openclaw-gitops-access';
const SERVICES = 'openclaw-gitops-services';

const STRATEGIC = 'application/strategic-merge-patch+json';

interface Place {
  /** An agent, and one whose claim may be deleted; both as stored. */
  readonly bot: readonly Manifest[];
  readonly gone: readonly Manifest[];
  readonly others: Strangers;
  readonly namespace: string;
  /** A namespace that no list names. */
  readonly elsewhere: string;
}

/** All attempts; none of them leaves anything behind but the token and the annotation, which two of them need. */
export async function admissionAttempts(
  client: ApiClient,
  { bot, elsewhere, gone, namespace, others }: Place,
): Promise<readonly Attempt[]> {
  const object = (kind: string): ApiObject => bot.find((manifest) => manifest.object.kind === kind)!.object;
  const path = async (kind: string): Promise<string> => client.path(object(kind));
  const statefulSet = await path('StatefulSet');
  const networkPolicy = await path('NetworkPolicy');
  const role = await path('Role');
  const roleBinding = await path('RoleBinding');
  const service = await path('Service');

  const container = (fields: object): object => ({ spec: { template: { spec: { containers: [{ name: 'openclaw', ...fields }] } } } });
  const serviceOf = (selector: object | undefined, place = namespace): object => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'attempt', namespace: place },
    spec: { type: 'LoadBalancer', ports: [{ port: 80, targetPort: 18780 }], ...(selector === undefined ? {} : { selector }) },
  });

  const labelled = { metadata: { labels: { note: 'x' } } };
  const unlabelled = { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } };
  const leadingToAgents = [
    { 'app.kubernetes.io/name': 'openclaw-secrets' },
    { 'openclaw.rocks/instance': 'bot' },
    { 'controller-revision-hash': 'bot-0123456789' },
    { 'apps.kubernetes.io/pod-index': '0' },
  ];

  return [
    ...podAttempts(namespace),
    ...(['Argo CD', 'a helper'] as const).map((person): Attempt => ({
      person,
      title: 'labels the StatefulSet',
      denied: null,
      send: patched(statefulSet, labelled),
    })),
    {
      person: 'somebody',
      title: "changes somebody else's pods",
      denied: null,
      send: patched(others.StatefulSet, { spec: { template: { spec: { terminationGracePeriodSeconds: 7 } } } }),
    },
    {
      person: 'somebody',
      title: "takes the NetworkPolicy's label away",
      denied: NETWORK_POLICIES,
      send: patched(networkPolicy, unlabelled),
    },
    { person: 'a helper', title: 'changes a NetworkPolicy', denied: null, send: patched(networkPolicy, { spec: { egress: [] } }) },
    {
      person: 'somebody',
      title: "opens somebody else's NetworkPolicy",
      denied: null,
      send: patched(others.NetworkPolicy, { spec: { egress: [{}] } }),
    },
    { person: 'somebody', title: "takes the Role's label away", denied: ACCESS, send: patched(role, unlabelled) },
    { person: 'a helper', title: 'changes a Role', denied: null, send: patched(role, { rules: [] }) },
    { person: 'somebody', title: "changes somebody else's Role", denied: null, send: patched(others.Role, { rules: [] }) },
    ...leadingToAgents.map((selector): Attempt => ({
      person: 'somebody',
      title: `a Service that selects by ${Object.keys(selector).join()}`,
      denied: SERVICES,
      send: created(serviceOf(selector)),
    })),
    { person: 'somebody', title: 'a Service that selects by a label of others', denied: null, send: created(serviceOf({ team: 'x' })) },
    {
      person: 'a helper',
      title: 'a Service that selects the agent',
      denied: null,
      send: created(serviceOf({ 'openclaw.rocks/instance': 'bot' })),
    },
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

    ...(await dataAttempts(client, { bot, gone, others })),
  ];
}
