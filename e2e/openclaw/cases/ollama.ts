import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KubeObject } from '../../../src/kube/types.ts';
import { selfSignedCertificate } from '../../../test/pod/support/self-signed-certificate.ts';
import type { ContainerImage } from '../../pod-runner/container-image.ts';
import { NODE_ADDRESS } from '../../pod-runner/pod-network.ts';
import type { Program } from '../../pod-runner/program.ts';
import { SANDBOX_DIRECTORY } from '../../pod-runner/sandbox.ts';
import { binary } from '../../tools/binary.ts';
import type { AgentCase } from '../agent-case.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { localTurn } from '../checks/local-turn.ts';
import { modelsKept } from '../checks/models-kept.ts';
import { modelsPulled } from '../checks/models-pulled.ts';
import { ollamaLoopback } from '../checks/ollama-loopback.ts';
import { instance } from '../instance.ts';

/** Where Ollama looks for models, and where it is sent to for their layers. */
const REGISTRY = 'registry.ollama.ai';
const STORAGE = 'models.example.com';
const certificate = selfSignedCertificate([REGISTRY, STORAGE]);

const AUTHORITIES = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'authorities', namespace: 'agents' },
  data: { 'ca-bundle.crt': certificate.cert },
} as const satisfies KubeObject & { readonly data: object };

/** The real Ollama pulls from a registry that only the CA bundle vouches for, and a turn of the agent goes to it. */
export const ollamaCase: AgentCase = {
  name: 'ollama',
  instance: (version) => instance(version, spec()),
  input: [AUTHORITIES],
  install: () => binary('ollama'),
  images: async () => [ollamaImage(await binary('ollama'))],
  leftOut: ['otel-collector'],
  forwardedPorts: [11434],
  beyondPod: async () => [modelRegistry()],
  hosts: { [REGISTRY]: NODE_ADDRESS, [STORAGE]: NODE_ADDRESS },
  checks: [...ON_START, modelsPulled, ollamaLoopback, localTurn, ...ON_END, modelsKept],
};

function spec(): object {
  return {
    ollama: { enabled: true, models: ['llama3.2'], storage: { existingClaim: 'models' } },
    security: { caBundle: { configMapName: 'authorities' } },
    config: {
      raw: {
        agents: { defaults: { model: { primary: 'ollama/llama3.2:latest' } } },
        gateway: { http: { endpoints: { chatCompletions: { enabled: true } } } },
      },
    },
  };
}

/** As its Dockerfile has it. */
function ollamaImage(program: string): ContainerImage {
  return {
    matches: (reference) => /^docker\.io\/ollama\/ollama[:@]/.test(reference),
    contains: [{ source: program, target: '/usr/local/bin/ollama' }],
    links: [],
    entrypoint: ['/usr/local/bin/ollama'],
    cmd: ['serve'],
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      NVIDIA_VISIBLE_DEVICES: 'all',
      OLLAMA_HOST: '0.0.0.0:11434',
    },
    workingDir: '/',
    user: { name: 'root', uid: 0, gid: 0, home: '/root' },
    stopSignal: 'SIGTERM',
  };
}

function modelRegistry(): Program {
  const directory = join(SANDBOX_DIRECTORY, 'model-registry');
  mkdirSync(directory, { recursive: true });
  const files = { 'key.pem': certificate.key, 'cert.pem': certificate.cert };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const program = fileURLToPath(import.meta.resolve('../programs/model-registry.ts'));
  return {
    name: 'model-registry',
    argv: [process.execPath, program, ...Object.keys(files).map((name) => join(directory, name)), STORAGE],
    port: 443,
  };
}
