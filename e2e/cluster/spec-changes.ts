/** Changes that users make to a running instance: with those of whole features, every field of the schema. */
import { COMPANION_CHANGES } from './companion-changes.ts';
import { FEATURE_CHANGES } from './feature-changes.ts';
import type { SpecChange } from './spec-change.ts';

const HOSTS = { enabled: true, hosts: [{ host: 'bot.test' }] };
const LOGIN = { security: { basicAuth: { enabled: true } } };
const TOLERATION = { key: 'dedicated', operator: 'Equal', value: 'agents', effect: 'NoSchedule' };

export const SPEC_CHANGES: readonly SpecChange[] = [
  { name: 'nothing', after: {}, statefulSet: 'stays', job: 'stays' },
  {
    name: 'a larger volume',
    before: { storage: { persistence: { size: '10Gi' } } },
    after: { storage: { persistence: { size: '20Gi' } } },
    bound: true,
    statefulSet: 'stays',
    job: 'stays',
  },
  { name: 'an environment variable', after: { env: [{ name: 'GREETING', value: 'hello' }] }, statefulSet: 'rolls out', job: 'stays' },
  { name: 'variables of a Secret', after: { envFrom: [{ secretRef: { name: 'api-keys' } }] }, statefulSet: 'rolls out', job: 'stays' },
  {
    name: 'another image tag',
    before: { image: { tag: '2026.9.4' } },
    after: { image: { tag: '2026.9.5' } },
    statefulSet: 'rolls out',
    job: 'other name',
  },
  { name: 'another registry', after: { registry: 'registry.test' }, statefulSet: 'rolls out', job: 'other name' },
  { name: 'a pull Secret', after: { image: { pullSecrets: [{ name: 'pull' }] } }, statefulSet: 'rolls out', job: 'other name' },
  {
    name: 'resources',
    after: { resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '3', memory: '6Gi' } } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  { name: 'tolerations', after: { availability: { tolerations: [TOLERATION] } }, statefulSet: 'rolls out', job: 'other name' },
  { name: 'a node selector', after: { availability: { nodeSelector: { disk: 'fast' } } }, statefulSet: 'rolls out', job: 'other name' },
  { name: 'configuration', after: { config: { raw: { session: { scope: 'per-sender' } } } }, statefulSet: 'rolls out', job: 'stays' },
  { name: 'merged configuration', after: { config: { mergeMode: 'merge' } }, statefulSet: 'rolls out', job: 'stays' },
  { name: 'suspended', after: { suspended: true }, statefulSet: 'scales', job: 'stays' },
  { name: 'resumed', before: { suspended: true }, after: {}, statefulSet: 'scales', job: 'stays' },
  {
    name: 'bounds of the autoscaler',
    before: { availability: { autoScaling: { enabled: true } } },
    after: { availability: { autoScaling: { enabled: true, minReplicas: 2, targetMemoryUtilization: 70 } } },
    statefulSet: 'stays',
    job: 'stays',
  },
  {
    name: 'a model of Ollama',
    before: { ollama: { enabled: true } },
    after: { ollama: { enabled: true, models: ['llama3.2'] } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  { name: 'a load balancer', after: { networking: { service: { type: 'LoadBalancer' } } }, statefulSet: 'stays', job: 'stays' },
  { name: 'a node port', after: { networking: { service: { type: 'NodePort' } } }, statefulSet: 'stays', job: 'stays' },
  {
    name: 'no load balancer any more',
    before: { networking: { service: { type: 'LoadBalancer' } } },
    after: {},
    statefulSet: 'stays',
    job: 'stays',
  },
  {
    name: 'Service annotations',
    after: { networking: { service: { annotations: { 'lb.test/internal': 'true' } } } },
    statefulSet: 'stays',
    job: 'stays',
  },
  { name: 'an Ingress', after: { networking: { ingress: { ...HOSTS, className: 'nginx' } } }, statefulSet: 'rolls out', job: 'stays' },
  {
    name: 'a login',
    before: { networking: { ingress: { ...HOSTS, className: 'nginx' } } },
    after: { networking: { ingress: { ...HOSTS, ...LOGIN, className: 'nginx' } } },
    statefulSet: 'stays',
    job: 'other name',
  },
  {
    name: 'another controller of the Ingress',
    before: { networking: { ingress: { ...HOSTS, ...LOGIN, className: 'nginx' } } },
    after: { networking: { ingress: { ...HOSTS, ...LOGIN, className: 'traefik' } } },
    statefulSet: 'stays',
    job: 'other name',
  },
  {
    name: 'a route in place of an Ingress',
    before: { networking: { ingress: { ...HOSTS, className: 'nginx' } } },
    after: { networking: { httpRoute: { enabled: true, hostnames: ['bot.test'], parentRefs: [{ name: 'web' }] } } },
    statefulSet: 'stays',
    job: 'stays',
  },
  {
    name: 'probe times',
    after: { probes: { liveness: { periodSeconds: 20 }, startup: { failureThreshold: 90 } } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  { name: 'no readiness probe', after: { probes: { readiness: { enabled: false } } }, statefulSet: 'rolls out', job: 'stays' },
  {
    name: 'an ingress namespace',
    after: { security: { networkPolicy: { allowedIngressNamespaces: ['ingress'] } } },
    statefulSet: 'stays',
    job: 'stays',
  },
  { name: 'no network policy', after: { security: { networkPolicy: { enabled: false } } }, statefulSet: 'stays', job: 'stays' },
  {
    name: 'another user',
    after: { security: { podSecurityContext: { runAsUser: 2000, runAsGroup: 2000, fsGroup: 2000 } } },
    statefulSet: 'rolls out',
    job: 'other name',
  },
  {
    name: 'a disruption budget of two',
    after: { availability: { podDisruptionBudget: { maxUnavailable: 2 } } },
    statefulSet: 'stays',
    job: 'stays',
  },
  { name: 'a sidecar', after: { sidecars: [{ name: 'beside', image: 'registry.test/beside:1' }] }, statefulSet: 'rolls out', job: 'stays' },
  {
    name: 'an init container',
    after: { initContainers: [{ name: 'first', image: 'registry.test/first:1' }] },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  { name: 'workspace files', after: { workspace: { initialFiles: { 'NOTES.md': 'remember' } } }, statefulSet: 'rolls out', job: 'stays' },
  { name: 'pod annotations', after: { podAnnotations: { 'note.test/a': 'b' } }, statefulSet: 'rolls out', job: 'stays' },
  { name: 'no metrics', after: { observability: { metrics: { enabled: false } } }, statefulSet: 'rolls out', job: 'stays' },
  { name: 'an own token Secret', after: { gateway: { existingSecret: 'own-token' } }, statefulSet: 'rolls out', job: 'is gone' },
  {
    name: 'storage of an own claim',
    after: { storage: { persistence: { existingClaim: 'own' } } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  ...FEATURE_CHANGES,
  ...COMPANION_CHANGES,
];
