import { fileURLToPath } from 'node:url';
import type { AgentCase } from '../agent-case.ts';
import { browserOrigins } from '../checks/browser-origins.ts';
import { hotReload } from '../checks/hot-reload.ts';
import { ACCESS, ON_END, ON_START } from '../checks/index.ts';
import { stream } from '../checks/stream.ts';
import { uploadHttp } from '../checks/upload-http.ts';
import { instance } from '../instance.ts';
import { ALLOWED_ORIGIN, LATER_ORIGIN } from '../origins.ts';

/** Outside the ports that OpenClaw keeps for itself. */
const MODEL_PORT = 9911;

const SLOW_PROVIDER = {
  api: 'openai-completions',
  apiKey: { source: 'env', provider: 'default', id: 'SLOW_MODEL_KEY' },
  baseUrl: `http://127.0.0.1:${MODEL_PORT}/v1`,
  models: [
    {
      id: 'slow',
      name: 'slow',
      reasoning: false,
      input: ['text'],
      contextWindow: 128000,
      maxTokens: 4096,
      cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
    },
  ],
};

/** The configuration mounted read-only, with HTTP endpoints and a slow model. */
export const overwriteCase: AgentCase = {
  name: 'overwrite',
  instance: (version) => instance(version, spec([ALLOWED_ORIGIN])),
  instanceWithLaterOrigin: (version) => instance(version, spec([ALLOWED_ORIGIN, LATER_ORIGIN])),
  leftOut: ['otel-collector'],
  besideContainers: [
    {
      name: 'slow-model',
      argv: [process.execPath, fileURLToPath(import.meta.resolve('../programs/slow-model.ts')), String(MODEL_PORT)],
      port: MODEL_PORT,
    },
  ],
  checks: [...ON_START, ...ACCESS, browserOrigins, uploadHttp, stream, hotReload, ...ON_END],
};

function spec(allowedOrigins: readonly string[]): object {
  const raw = {
    agents: { defaults: { model: { primary: 'slow/slow' } } },
    gateway: { controlUi: { allowedOrigins }, http: { endpoints: { chatCompletions: { enabled: true }, responses: { enabled: true } } } },
    models: { providers: { slow: SLOW_PROVIDER } },
  };
  return { config: { mergeMode: 'overwrite', raw }, env: [{ name: 'SLOW_MODEL_KEY', value: 'unused' }] };
}
