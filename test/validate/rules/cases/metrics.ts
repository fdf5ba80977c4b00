import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const metrics = (text: string): string => `observability: {metrics: {${text}}}`;
const MONITOR = 'serviceMonitor: {enabled: true}';
const OLD = 'image: {tag: 2026.6.11}';
const NOT_EXPORTED =
  'the image is not known to carry "diagnostics-otel", so OpenClaw exports nothing; expected an official image from 2026.7.1 on';
const KINDS = ['v1', 'v1/Pod', 'apps/v1', 'apps/v1/StatefulSet'];

export const METRICS_CASES: RuleCases = {
  'missing-crd': [
    {
      title: 'the cluster has other kinds of the version',
      input: bot(`{${metrics(MONITOR)}}`),
      options: { apiVersions: [...KINDS, 'monitoring.coreos.com/v1', 'monitoring.coreos.com/v1/PodMonitor'] },
      expected: [
        'warning spec.observability.metrics.serviceMonitor: the cluster does not know ServiceMonitor of monitoring.coreos.com/v1, so it is left out',
      ],
    },
    {
      title: 'a list of versions only',
      input: bot(`{${metrics(MONITOR)}}`),
      options: { apiVersions: ['v1', 'apps/v1'] },
      expected: [
        'warning spec.observability.metrics.serviceMonitor: the cluster does not know ServiceMonitor of monitoring.coreos.com/v1, so it is left out',
      ],
    },
    {
      title: 'a list of versions only, with the one',
      input: bot(`{${metrics(MONITOR)}}`),
      options: { apiVersions: ['v1', 'monitoring.coreos.com/v1'] },
      expected: [],
    },
    {
      title: 'the cluster knows it',
      input: bot(`{${metrics(MONITOR)}}`),
      options: { apiVersions: [...KINDS, 'monitoring.coreos.com/v1/ServiceMonitor'] },
      expected: [],
    },
    { title: 'nobody asks for it', input: bot('{}'), options: { apiVersions: KINDS }, expected: [] },
    { title: 'the cluster is not known', input: bot(`{${metrics(MONITOR)}}`), expected: [] },
  ],
  'service-monitor-target': [
    {
      title: 'ARD-054 metrics are off',
      input: bot(`{${metrics(`enabled: false, ${MONITOR}`)}}`),
      expected: ['warning spec.observability.metrics.serviceMonitor: metrics are off, so the ServiceMonitor is left out'],
    },
    {
      title: 'ARD-054 a port of the name leads elsewhere',
      input: bot(`{${metrics(MONITOR)}, networking: {service: {ports: [{name: web, port: 80}, {name: metrics, port: 9100}]}}}`),
      expected: [
        'warning spec.networking.service.ports[1]: Prometheus collects from port "metrics", which leads to 9100; expected 9090, where the metrics are',
      ],
    },
    {
      title: 'ARD-054 a port of the number leads elsewhere',
      input: bot(`{${metrics(`port: 9464, ${MONITOR}`)}, networking: {service: {ports: [{name: web, port: 9464, targetPort: 18780}]}}}`),
      expected: [
        'warning spec.networking.service.ports[0]: Prometheus collects from port "web", which leads to 18780; expected 9464, where the metrics are',
      ],
    },
    {
      title: "ARD-054 a port of the user's leads to them",
      input: bot(`{${metrics(MONITOR)}, networking: {service: {ports: [{name: scrape, port: 9090}]}}}`),
      expected: [],
    },
    { title: 'the usual ports', input: bot(`{${metrics(MONITOR)}}`), expected: [] },
    { title: 'neither is on', input: bot(`{${metrics('enabled: false, serviceMonitor: {enabled: false}')}}`), expected: [] },
  ],
  'metrics-not-exported': [
    {
      title: 'an old version',
      input: bot(`{${OLD}, ${metrics(MONITOR)}}`),
      expected: [`warning spec.observability.metrics.serviceMonitor: ${NOT_EXPORTED}`],
    },
    {
      title: "an image of the user's own",
      input: bot(`{image: {repository: registry.example.com/openclaw, tag: 2026.9.6}, ${metrics(MONITOR)}}`),
      expected: [`warning spec.observability.metrics.serviceMonitor: ${NOT_EXPORTED}`],
    },
    {
      title: "an image of the user's own with the plugin",
      input: bot(
        `{image: {repository: registry.example.com/openclaw, tag: 2026.9.6}, config: {raw: {plugins: {entries: {diagnostics-otel: {enabled: true}}}}}, ${metrics(MONITOR)}}`,
      ),
      expected: [],
    },
    {
      title: 'the same image on Docker Hub',
      input: bot(`{image: {repository: openclaw/openclaw, tag: 2026.9.6}, ${metrics(MONITOR)}}`),
      expected: [],
    },
    { title: 'an official image', input: bot(`{image: {tag: 2026.9.6}, ${metrics(MONITOR)}}`), expected: [] },
    { title: 'nobody looks', input: bot(`{${OLD}}`), expected: [] },
    { title: 'metrics are off', input: bot(`{${OLD}, ${metrics(`enabled: false, ${MONITOR}`)}}`), expected: [] },
  ],
  'runbook-url': [
    {
      title: 'a template, which Prometheus would read',
      input: bot(`{${metrics('prometheusRule: {enabled: true, runbookBaseURL: "https://example.com/{{ .x }}"}')}}`),
      expected: [
        'error spec.observability.metrics.prometheusRule.runbookBaseURL: "https://example.com/{{ .x }}" is no address; expected a form such as "https://runbooks.example.com"',
      ],
    },
    {
      title: 'a path',
      input: bot(`{${metrics('prometheusRule: {runbookBaseURL: /runbooks}')}}`),
      expected: [
        'error spec.observability.metrics.prometheusRule.runbookBaseURL: "/runbooks" is no address; expected a form such as "https://runbooks.example.com"',
      ],
    },
    {
      title: 'an address',
      input: bot(`{${metrics('prometheusRule: {runbookBaseURL: "https://example.com:8443/a?b=c#"}')}}`),
      expected: [],
    },
    { title: 'the empty one is none', input: bot(`{${metrics('prometheusRule: {runbookBaseURL: ""}')}}`), expected: [] },
  ],
};
