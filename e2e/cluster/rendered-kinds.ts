/** Kinds that we render and other projects define: the server gets their own definitions, so that it judges every field. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { OPTIONAL_KINDS, type OptionalKind } from '../../src/kube/optional-kinds.ts';
import { goModuleFile } from '../tools/go-module.ts';
import type { ApiClient, ApiObject } from './api-client.ts';

interface Source {
  /** Go module with its version. */
  readonly module: string;
  readonly path: string;
  /** Name of the definition. */
  readonly name: string;
}

const SOURCES: Readonly<Record<OptionalKind, Source>> = {
  HTTPRoute: {
    module: 'sigs.k8s.io/gateway-api@v1.4.1',
    path: 'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml',
    name: 'httproutes.gateway.networking.k8s.io',
  },
  Middleware: {
    module: 'github.com/traefik/traefik/v3@v3.7.13',
    path: 'docs/content/reference/dynamic-configuration/kubernetes-crd-definition-v1.yml',
    name: 'middlewares.traefik.io',
  },
  PrometheusRule: {
    module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    path: 'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
    name: 'prometheusrules.monitoring.coreos.com',
  },
  ServiceMonitor: {
    module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    path: 'example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml',
    name: 'servicemonitors.monitoring.coreos.com',
  },
};
const SERVED_TIMEOUT_SECONDS = 30;

/** Makes the server know all optional kinds as their projects define them. */
export async function defineRenderedKinds(client: ApiClient): Promise<void> {
  for (const [kind, { module, path, name }] of Object.entries(SOURCES)) {
    const documents = parseAllDocuments(await goModuleFile(module, path)).map((document) => document.toJS() as ApiObject | null);
    const definition = documents.find((document) => document?.metadata?.name === name);
    if (!definition) throw new Error(`${module} has no ${name} in ${path}`);
    const { message, status } = await client.apply(definition, { fieldManager: 'openclaw-gitops-e2e' });
    if (status !== 200 && status !== 201) throw new Error(`definition of ${kind}: ${status} ${message}`);
  }
  const deadline = performance.now() + SERVED_TIMEOUT_SECONDS * 1000;
  for (const [kind, apiVersion] of Object.entries(OPTIONAL_KINDS)) {
    while (!(await client.serves(apiVersion, kind))) {
      if (performance.now() > deadline) throw new Error(`the API server still does not serve ${kind}`);
      await sleep(50);
    }
  }
}
