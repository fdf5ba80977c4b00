import type { KubeObject } from '../../../src/kube/types.ts';
import { binary } from '../../tools/binary.ts';
import type { AgentCase } from '../agent-case.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { localTurn } from '../checks/local-turn.ts';
import { modelsKept } from '../checks/models-kept.ts';
import { modelsPulled } from '../checks/models-pulled.ts';
import { ollamaLoopback } from '../checks/ollama-loopback.ts';
import { instance } from '../instance.ts';
import { MODEL_AUTHORITY, MODEL_HOSTS, modelRegistry, ollamaImage } from '../ollama-sidecar.ts';

const AUTHORITIES = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'authorities', namespace: 'agents' },
  data: { 'ca-bundle.crt': MODEL_AUTHORITY },
} as const satisfies KubeObject & { readonly data: object };

/** The real Ollama pulls from a registry that only the CA bundle vouches for, and a turn of the agent goes to it. */
export const ollamaCase: AgentCase = {
  name: 'ollama',
  instance: (version) => instance(version, spec()),
  input: [AUTHORITIES],
  install: () => binary('ollama'),
  images: async () => [await ollamaImage()],
  leftOut: ['otel-collector'],
  forwardedPorts: [11434],
  beyondPod: async () => [modelRegistry()],
  hosts: MODEL_HOSTS,
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
