/**
 * The Job that fills rendered-empty Secrets once, with everything it needs and nothing else: its own account with get and patch
 * on exactly these Secrets, its own network policy, pods that nothing of the agent selects. A plain Job, not a hook: hooks do
 * not run on self-heal. No time-to-live: a Job that vanishes would be created again for ever.
 */
import { PLAN_SCHEMA, type FillSecretsPlan } from '../lib/pod-plan.ts';
import { podPrograms } from '../generated/pod-programs.ts';
import { secretsJobPodLabels } from '../kube/labels.ts';
import { configMapName, programsConfigMapName, secretsJobAccountName } from '../kube/names.ts';
import { PLANS_PATH, PROGRAMS_PATH } from '../kube/paths.ts';
import { dnsEgress } from '../kube/dns-egress.ts';
import { prettyJson, type Json } from '../lib/json.ts';
import type { Resolved } from '../resolve/resolved.ts';
import type { Contribution, PlannedContainer } from './contribution.ts';
import { itemsOf, type Part } from './parts.ts';

/** Its fields survive Argo CD and Flux; a name that starts with `kubectl` would be cleaned away by Flux. */
const FIELD_MANAGER = 'openclaw-gitops-secrets';
const PLAN_FILE = 'fill-secrets.json';
const PROGRAM_FILE = 'fill-secrets.mjs';

export function secretsJob(resolved: Resolved, parts: readonly Part[]): Contribution | null {
  const secrets = itemsOf(parts, (part) => part.secretsToFill);
  if (secrets.length === 0) return null;
  const { name, namespace } = resolved;
  const account = secretsJobAccountName(name);
  const programs = programsConfigMapName(name);
  const plan: FillSecretsPlan = { schema: PLAN_SCHEMA, namespace, fieldManager: FIELD_MANAGER, secrets };
  const planText = prettyJson(plan as unknown as Json);
  const container: PlannedContainer = {
    origin: 'own',
    container: {
      name: 'fill-secrets',
      image: resolved.image.reference,
      imagePullPolicy: resolved.image.pullPolicy,
      command: ['node', `${PROGRAMS_PATH}/${PROGRAM_FILE}`, `${PLANS_PATH}/${PLAN_FILE}`],
      resources: {
        requests: { cpu: '10m', 'ephemeral-storage': '16Mi', memory: '64Mi' },
        limits: { cpu: '500m', 'ephemeral-storage': '64Mi', memory: '256Mi' },
      },
      volumeMounts: [
        { name: 'programs', mountPath: PROGRAMS_PATH, readOnly: true },
        { name: 'plan', mountPath: PLANS_PATH, readOnly: true },
      ],
    },
  };
  const volumes = [
    { name: 'programs', configMap: { name: programs, defaultMode: 0o444, items: [{ key: PROGRAM_FILE, path: PROGRAM_FILE }] } },
    { name: 'plan', configMap: { name: configMapName(name), defaultMode: 0o440, items: [{ key: PLAN_FILE, path: PLAN_FILE }] } },
  ];
  const apiServer = [
    { port: 443, protocol: 'TCP' },
    { port: 6443, protocol: 'TCP' },
  ];
  return {
    serviceAccounts: [{ name: account, annotations: {} }],
    roles: [
      {
        name: account,
        serviceAccount: account,
        rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: secrets.map((secret) => secret.name), verbs: ['get', 'patch'] }],
      },
    ],
    networkPolicies: resolved.networkPolicy.enabled
      ? [{ name: account, podLabels: secretsJobPodLabels(name), ingress: [], egress: [dnsEgress(), { ports: apiServer }] }]
      : [],
    configMaps: [
      { name: programs, entries: new Map([[PROGRAM_FILE, { text: podPrograms[PROGRAM_FILE], takesEffect: 'next-start' }]]) },
      { name: configMapName(name), entries: new Map([[PLAN_FILE, { text: planText, takesEffect: 'restart' }]]) },
    ],
    jobs: [
      {
        name: secretsJobAccountName(name),
        podLabels: secretsJobPodLabels(name),
        serviceAccount: account,
        container,
        volumes,
      },
    ],
  };
}
