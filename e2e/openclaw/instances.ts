/** The instances that are rendered and run: one a way of delivering the configuration. */
export const CASES = ['default', 'overwrite', 'merge'] as const;
export type CaseName = (typeof CASES)[number];

export const ALLOWED_ORIGIN = 'https://openclaw.example.com';
/** Allowed only after `instance(…, true)` has been applied. */
export const LATER_ORIGIN = 'https://later.example.com';
/** Where the slow model of the overwrite case listens, outside the ports that OpenClaw keeps for itself. */
export const MODEL_PORT = 9911;
/** Deleted from the live configuration at every start of the merge case. */
export const FORCED_PATH = 'tools.elevated';

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

/** Nothing but the image's tag in the default case. */
export function instance(caseName: CaseName, version: string, allowsLaterOrigin = false): object {
  const config = CONFIG[caseName](allowsLaterOrigin ? [ALLOWED_ORIGIN, LATER_ORIGIN] : [ALLOWED_ORIGIN]);
  const isDefault = caseName === 'default' && !allowsLaterOrigin;
  return {
    apiVersion: 'openclaw.rocks/v1alpha1',
    kind: 'OpenClawInstance',
    metadata: { name: 'ada', namespace: 'agents' },
    spec: {
      // Like the slim images, the npm package lacks the metrics plugin, without which its configuration would not start.
      image: { tag: `${version}-slim` },
      ...(isDefault ? {} : { config }),
      ...(caseName === 'overwrite' ? { env: [{ name: 'SLOW_MODEL_KEY', value: 'unused' }] } : {}),
    },
  };
}

const CONFIG = {
  default: (allowedOrigins: readonly string[]) => ({ raw: { gateway: { controlUi: { allowedOrigins } } } }),
  overwrite: (allowedOrigins: readonly string[]) => ({
    mergeMode: 'overwrite',
    raw: {
      agents: { defaults: { model: { primary: 'slow/slow' } } },
      gateway: { controlUi: { allowedOrigins }, http: { endpoints: { chatCompletions: { enabled: true }, responses: { enabled: true } } } },
      models: { providers: { slow: SLOW_PROVIDER } },
    },
  }),
  merge: (allowedOrigins: readonly string[]) => ({
    mergeMode: 'merge',
    forcePaths: [FORCED_PATH],
    raw: { gateway: { controlUi: { allowedOrigins } }, session: { dmScope: 'main' } },
  }),
} satisfies Record<CaseName, (allowedOrigins: readonly string[]) => object>;
