/**
 * The Job that fills rendered-empty Secrets once, with everything it needs and nothing else: its own account with get and patch
 * on exactly these Secrets, its own network policy, pods that nothing of the agent selects. A plain Job, not a hook: hooks do
 * not run on self-heal. No time-to-live: a Job that vanishes would be created again for ever.
 */
import { PLAN_SCHEMA, type FillSecretsPlan } from '../lib/pod-plan.ts';
import { secretsJobPodLabels } from '../kube/labels.ts';
import { programsConfigMapName, secretsJobAccountName } from '../kube/names.ts';
import { dnsEgress } from '../kube/dns-egress.ts';
import type { Resolved } from '../resolve/resolved.ts';
import type { Contribution } from './contribution.ts';
import { itemsOf, type Part } from './parts.ts';
import { programContainer, PROGRAMS_VOLUME } from './program-container.ts';
import { programFiles } from './program-files.ts';

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
  const files = programFiles(name, { program: PROGRAM_FILE, planFile: PLAN_FILE, planVolume: PLAN_VOLUME, plan, takesEffect: 'restart' });
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
    files.planVolume,
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
    configMaps: files.configMaps,
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
