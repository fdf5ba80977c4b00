/** Departures in Ollama: a native sidecar without root that pulls its models itself. */
import type { Departure } from './explain.ts';
import { absent, anyValue } from './shape.ts';

const SET = { kind: 'StatefulSet', name: '<name>' } as const;
const POD = 'spec.template.spec';

export const DEPARTURES_OLLAMA: readonly Departure[] = [
  {
    ...SET,
    path: `${POD}.containers[name=openclaw].env[name=OLLAMA_API_KEY]`,
    operator: absent,
    ours: { name: 'OLLAMA_API_KEY', value: 'ollama-local' },
    ids: ['POD-092'],
    reason: 'Without a key OpenClaw never uses the server beside it: "Ollama requires authentication".',
  },
  {
    kind: 'ConfigMap',
    name: '<name>-config',
    path: 'data["openclaw.json"].agents',
    operator: absent,
    ours: { defaults: { modelPolicy: {} } },
    ids: ['POD-092'],
    reason: "With an API key of Anthropic OpenClaw lists that provider's models and refuses to choose any other, unless a policy is there.",
  },
  {
    kind: 'ConfigMap',
    name: '<name>-config',
    path: 'data["openclaw.json"].agents.defaults.modelPolicy',
    operator: absent,
    ours: {},
    ids: ['POD-092'],
    reason: "The same beside the user's own defaults of agents.",
  },
  {
    ...SET,
    path: `${POD}.containers[name=ollama]`,
    operator: anyValue,
    ours: absent,
    ids: ['POD-152'],
    reason: 'A native sidecar, among the init containers: it runs before the agent, and so pulls the models itself.',
  },
  {
    ...SET,
    path: `${POD}.initContainers[name=ollama]`,
    operator: absent,
    ours: anyValue,
    ids: ['POD-053', 'POD-152', 'D16'],
    reason: "The pod's user and a read-only root instead of root, loopback instead of all addresses, probes, and the CA bundle.",
  },
  {
    ...SET,
    path: `${POD}.initContainers[name=init-ollama]`,
    operator: anyValue,
    ours: absent,
    ids: ['POD-154', 'POD-157', 'D12'],
    reason: 'A second server with the same GPUs and memory, which waits two seconds and starts the agent whatever went wrong.',
  },
  {
    ...SET,
    path: `${POD}.initContainers[name=pull-models]`,
    operator: absent,
    ours: anyValue,
    ids: ['POD-154', 'POD-157', 'D12'],
    reason: 'A program that asks the sidecar for each model, and stops the pod with the reason where one cannot be had.',
  },
  {
    ...SET,
    path: `${POD}.volumes[name=pull-models-plan]`,
    operator: absent,
    ours: {
      configMap: { defaultMode: 0o440, items: [{ key: 'pull-models.json', path: 'pull-models.json' }], name: '<name>-config' },
      name: 'pull-models-plan',
    },
    ids: ['POD-154'],
    reason: 'The plan of the program that pulls.',
  },
  {
    ...SET,
    path: `${POD}.volumes[name=ollama-tmp]`,
    operator: absent,
    ours: { emptyDir: { sizeLimit: '2Gi' }, name: 'ollama-tmp' },
    ids: ['POD-059'],
    reason: "Ollama's root file system is read-only, and older versions unpack their runners below /tmp.",
  },
  {
    kind: 'ConfigMap',
    name: '<name>-config',
    path: 'data["pull-models.json"]',
    operator: absent,
    ours: anyValue,
    ids: ['POD-154'],
    reason: 'The plan of the program that pulls.',
  },
];
