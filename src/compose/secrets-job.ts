/**
 * The Job that fills rendered-empty Secrets once, with everything it needs and nothing else: its own account with get and patch
 * on exactly these Secrets, its own network policy, pods that nothing of the agent selects. A plain Job, not a hook: hooks do
 * not run on self-heal. No time-to-live: a Job that vanishes would be created again for ever.
 */
import { PLAN_SCHEMA, type FillSecretsPlan } from '../lib/pod-plan.ts';
import { podPrograms } from '../generated/pod-programs.ts';
import { secretsJobPodLabels } from '../kube/labels.ts';
import { configMapName, programsConfigMapName, secretsJobAccountName } from '../kube/names.ts';
import { dnsEgress } from '../kube/dns-egress.ts';
import { prettyJson, type Json } from '../lib/json.ts';
import type { Resolved } from '../resolve/resolved.ts';
import type { Contribution } from './contribution.ts';
import { itemsOf, type Part } from './parts.ts';
import { programContainer, PROGRAMS_VOLUME } from './program-container.ts';

/** Its fields survive Argo CD and Flux; a name that starts with `kubectl` would be cleaned away by Flux. */
const FIELD_MANAGER = 'openclaw-gitops-secrets';
const PLAN_FILE = 'fill-secrets.json';
const PLAN_VOLUME = 'plan';
const PROGRAM_FILE = 'fill-secrets.mjs';

export function secretsJob(resolved: Resolved, parts: readonly Part[]): Contribution | null {
  const secrets = itemsOf(parts, (part) => part.secretsToFill);
  if (secrets.length === 0) return null;
  const { name, namespace } = resolved;
  const account = secretsJobAccountName(name);
  const programs = programsConfigMapName(name);
  const plan: FillSecretsPlan = { schema: PLAN_SCHEMA, namespace, fieldManager: FIELD_MANAGER, secrets };
  const planText = prettyJson(plan as unknown as Json);
  const container = programContainer(resolved, {
    name: 'fill-secrets',
    program: PROGRAM_FILE,
    plan: PLAN_FILE,
    planVolume: PLAN_VOLUME,
    cpuLimit: '500m',
    mounts: [],
  });
  const volumes = [
    { name: PROGRAMS_VOLUME, configMap: { name: programs, defaultMode: 0o444, items: [{ key: PROGRAM_FILE, path: PROGRAM_FILE }] } },
    { name: PLAN_VOLUME, configMap: { name: configMapName(name), defaultMode: 0o440, items: [{ key: PLAN_FILE, path: PLAN_FILE }] } },
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
