/**
 * Ollama beside the agent, reached over loopback only. A native sidecar: it starts before the agent, so that the same server that
 * will answer is the one that pulls the models, once, and its GPUs are asked for once.
 */
import { programContainer } from '../compose/program-container.ts';
import { programFiles } from '../compose/program-files.ts';
import type { Contribution, Feature, PlannedInitContainer } from '../compose/contribution.ts';
import type { EnvVar, Volume } from '../kube/types.ts';
import type { JsonObject } from '../lib/json.ts';
import { PLAN_SCHEMA, type PullModelsPlan } from '../lib/pod-plan.ts';
import { OLLAMA_PORT, type OllamaStorage, type ResolvedOllama } from '../resolve/ollama.ts';
import type { Resolved } from '../resolve/resolved.ts';

const MODELS_VOLUME = 'ollama-models';
const TMP_VOLUME = 'ollama-tmp';
const HOME = '/home/ollama';

const PROGRAM_FILE = 'pull-models.mjs';
const PLAN_FILE = 'pull-models.json';
const PLAN_VOLUME = 'pull-models-plan';

const MEBIBYTE = 1024n * 1024n;
const TMP_MEBIBYTES = 2048n;
const LOG_MEBIBYTES = 256n;

/** What the agent needs: the guide's address, and the key without which OpenClaw never uses a local Ollama. */
const AGENT_ENV: readonly EnvVar[] = [
  { name: 'OLLAMA_HOST', value: `http://localhost:${OLLAMA_PORT}` },
  { name: 'OLLAMA_API_KEY', value: 'ollama-local' },
];

/**
 * With an API key of Anthropic in the environment OpenClaw lists that provider's models in `agents.defaults.models`, and takes the list
 * for all that may be chosen: the local ones are refused. An empty policy says that nobody meant to restrict anything.
 */
const ANY_MODEL: JsonObject = { agents: { defaults: { modelPolicy: {} } } };

function environment({ gpus }: ResolvedOllama): EnvVar[] {
  return [
    { name: 'HOME', value: HOME },
    // The image listens on all addresses, and its API knows no password.
    { name: 'OLLAMA_HOST', value: `127.0.0.1:${OLLAMA_PORT}` },
    // At its start it would throw away what a pull that was cut short has downloaded.
    { name: 'OLLAMA_NOPRUNE', value: '1' },
    // The image asks for all GPUs of the node, which a runtime for NVIDIA grants without any being requested.
    ...(gpus === 0 ? [{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' }] : []),
  ];
}

/** Files in an emptyDir count against the container's ephemeral storage: less, and the kubelet would evict the pod for its models. */
function diskLimit(storage: OllamaStorage): string {
  const models = storage.kind === 'claim' ? 0n : (storage.bytes + MEBIBYTE - 1n) / MEBIBYTE;
  return `${models + TMP_MEBIBYTES + LOG_MEBIBYTES}Mi`;
}

function server(ollama: ResolvedOllama): PlannedInitContainer {
  const { image, gpus, resources, storage } = ollama;
  const gpu: Readonly<Record<string, string>> = gpus === 0 ? {} : { 'nvidia.com/gpu': String(gpus) };
  // Only the program inside the container can see the port.
  const exec = { command: ['ollama', 'ps'] };
  return {
    origin: 'own',
    phase: 'sidecar',
    tlsClient: 'go',
    container: {
      name: 'ollama',
      image,
      imagePullPolicy: 'IfNotPresent',
      restartPolicy: 'Always',
      env: environment(ollama),
      ports: [{ name: 'ollama', containerPort: OLLAMA_PORT, protocol: 'TCP' }],
      resources: {
        requests: { ...resources.requests, 'ephemeral-storage': storage.kind === 'claim' ? '64Mi' : '1Gi', ...gpu },
        limits: { ...resources.limits, 'ephemeral-storage': diskLimit(storage), ...gpu },
      },
      // It looks for GPUs before it answers.
      startupProbe: { exec, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 },
      // Patient: the program that asks shares the CPU limit with a model that answers.
      livenessProbe: { exec, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 6 },
      volumeMounts: [
        { name: MODELS_VOLUME, mountPath: `${HOME}/.ollama` },
        { name: TMP_VOLUME, mountPath: '/tmp' },
      ],
    },
  };
}

function modelsVolume(storage: OllamaStorage): Volume {
  return storage.kind === 'claim'
    ? { name: MODELS_VOLUME, persistentVolumeClaim: { claimName: storage.name } }
    : { name: MODELS_VOLUME, emptyDir: { sizeLimit: storage.sizeLimit } };
}

function pulling(resolved: Resolved, models: readonly string[]): Contribution {
  const plan: PullModelsPlan = { schema: PLAN_SCHEMA, api: `http://127.0.0.1:${OLLAMA_PORT}`, models };
  const files = programFiles(resolved.name, {
    program: PROGRAM_FILE,
    planFile: PLAN_FILE,
    planVolume: PLAN_VOLUME,
    plan,
    takesEffect: 'restart',
  });
  return {
    configMaps: files.configMaps,
    volumes: [files.planVolume],
    initContainers: [
      {
        phase: 'provision',
        ...programContainer(resolved, {
          name: 'pull-models',
          program: PROGRAM_FILE,
          plan: PLAN_FILE,
          planVolume: PLAN_VOLUME,
          cpuLimit: '500m',
          mounts: [],
        }),
      },
    ],
  };
}

function contribute(resolved: Resolved): Contribution | null {
  const { config, ollama } = resolved;
  if (ollama === null) return null;
  const { initContainers = [], volumes = [], configMaps = [] } = ollama.models.length === 0 ? {} : pulling(resolved, ollama.models);
  return {
    main: { env: AGENT_ENV },
    ...(config.leavesModelsOpen ? { configPatch: ANY_MODEL } : {}),
    volumes: [modelsVolume(ollama.storage), { name: TMP_VOLUME, emptyDir: { sizeLimit: `${TMP_MEBIBYTES / 1024n}Gi` } }, ...volumes],
    configMaps,
    initContainers: [server(ollama), ...initContainers],
  };
}

export const ollama: Feature = {
  id: 'ollama',
  summary: 'a local model server beside the agent, with its models pulled before the agent starts',
  reads: ['ollama', 'image', 'config'],
  contribute,
};
