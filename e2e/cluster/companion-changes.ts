/** Changes of what runs beside the agent. */
import type { SpecChange } from './spec-change.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const AMOUNTS = { requests: { cpu: '300m', memory: '600Mi' }, limits: { cpu: '2', memory: '5Gi' } };
const TAILSCALE = { enabled: true, authKeySecretRef: { name: 'tailnet' } };

export const COMPANION_CHANGES: readonly SpecChange[] = [
  {
    name: 'a browser',
    after: {
      chromium: {
        enabled: true,
        extraArgs: ['--lang=es'],
        extraEnv: [{ name: 'TZ', value: 'Europe/Madrid' }],
        image: { repository: 'registry.test/headless-shell', tag: '150', digest: DIGEST },
        persistence: { enabled: true, size: '2Gi', storageClass: 'fast' },
        resources: AMOUNTS,
      },
    },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'an own claim of the browser',
    before: { chromium: { enabled: true, persistence: { enabled: true } } },
    after: { chromium: { enabled: true, persistence: { enabled: true, existingClaim: 'logins' } } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'Ollama',
    after: {
      ollama: {
        enabled: true,
        gpu: 1,
        image: { repository: 'registry.test/ollama', tag: '0.9.6', digest: DIGEST },
        resources: AMOUNTS,
        storage: { sizeLimit: '30Gi' },
      },
    },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'an own claim of the models',
    before: { ollama: { enabled: true } },
    after: { ollama: { enabled: true, storage: { existingClaim: 'models' } } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'Tailscale',
    after: {
      tailscale: {
        ...TAILSCALE,
        authKeySecretKey: 'key',
        authSSO: true,
        hostname: 'bot',
        image: { repository: 'registry.test/tailscale', tag: 'v1.102.5', digest: DIGEST },
        resources: AMOUNTS,
      },
    },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'Tailscale Funnel',
    before: { tailscale: TAILSCALE },
    after: { tailscale: { ...TAILSCALE, mode: 'funnel' } },
    statefulSet: 'stays',
    job: 'stays',
  },
  {
    name: 'a terminal',
    after: {
      webTerminal: {
        enabled: true,
        credential: { secretRef: { name: 'login' } },
        image: { repository: 'registry.test/ttyd', tag: '1', digest: DIGEST },
        readOnly: true,
        resources: AMOUNTS,
      },
    },
    statefulSet: 'rolls out',
    job: 'stays',
  },
];
