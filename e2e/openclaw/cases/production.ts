import { join } from 'node:path';
import type { KubeObject, Secret } from '../../../src/kube/types.ts';
import { binary } from '../../tools/binary.ts';
import type { AgentCase } from '../agent-case.ts';
import { browserAttached } from '../checks/browser-attached.ts';
import { chosenModelTurn } from '../checks/chosen-model-turn.ts';
import { gatewayMetrics } from '../checks/gateway-metrics.ts';
import { guideInstalls } from '../checks/guide-installs.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { modelsPulled } from '../checks/models-pulled.ts';
import { tailnetIdentity } from '../checks/tailnet-identity.ts';
import { tailnetLogin } from '../checks/tailnet-login.ts';
import { tailnetPage } from '../checks/tailnet-page.ts';
import { tokenAuth } from '../checks/token-auth.ts';
import { collectorImage } from '../collector-image.ts';
import { HEADLESS_SHELL_PACKAGES, headlessShellImage } from '../headless-shell.ts';
import { trusting } from '../images.ts';
import { fetchPnpm } from '../install.ts';
import { officialImage } from '../official-image.ts';
import { MODEL_AUTHORITY_FILE, MODEL_HOSTS, modelRegistry, ollamaImage } from '../ollama-sidecar.ts';
import { REGISTRY_ENV, registry } from '../package-registry/registry.ts';
import { ACME_CERTIFICATE, authKeySecret, installTailnet, tailnetPrograms, tailscaleImage } from '../tailnet.ts';

const NAMESPACE = 'openclaw';

const API_KEYS = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'openclaw-api-keys', namespace: NAMESPACE },
  data: { ANTHROPIC_API_KEY: Buffer.from('sk-ant-e2e').toString('base64') },
} as const satisfies Secret & KubeObject;

/**
 * The guide's complete example, read from its golden case as it is, with all its containers: the real OpenClaw, nginx, Chromium, Ollama,
 * Tailscale and OpenTelemetry collector. What stands in: a plugin in the place of `diagnostics-otel`, which only the official image has;
 * ClawHub, npm's registry and that of Ollama's models, with what the example asks them for; a tailnet of Tailscale's own test server, and
 * Pebble for Let's Encrypt. The authorities of the latter are in the images, as the public ones are. There is no GPU: the model is small.
 * The Secrets' Job runs its own code without its pod, as in every case; `npm run e2e:cluster` runs the pod.
 */
export const productionCase: AgentCase = {
  name: 'production',
  instance: null,
  directory: join(import.meta.dirname, '../../../golden/guide-production/input'),
  inCluster: [API_KEYS, authKeySecret(NAMESPACE)],
  packages: HEADLESS_SHELL_PACKAGES,
  install: async () => {
    fetchPnpm();
    await installTailnet();
    await binary('ollama');
    await binary('otelcol');
  },
  images: async (version) => [
    officialImage(version, Object.fromEntries(REGISTRY_ENV.map(({ name, value }) => [name, value]))),
    headlessShellImage,
    trusting(await ollamaImage(), MODEL_AUTHORITY_FILE),
    trusting(await tailscaleImage(), ACME_CERTIFICATE),
    await collectorImage(),
  ],
  besideContainers: [registry],
  beyondPod: async () => [...(await tailnetPrograms()), modelRegistry()],
  hosts: MODEL_HOSTS,
  checks: [
    ...ON_START,
    tokenAuth,
    guideInstalls,
    browserAttached,
    modelsPulled,
    chosenModelTurn,
    gatewayMetrics,
    tailnetPage,
    tailnetLogin,
    tailnetIdentity,
    ...ON_END,
  ],
};
