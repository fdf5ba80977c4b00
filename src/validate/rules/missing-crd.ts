import { OPTIONAL_KINDS, type OptionalKind } from '../../kube/optional-kinds.ts';
import type { Path } from '../../parse/source.ts';
import type { Rule, RuleContext } from '../rule.ts';

interface Asking {
  /** What in the spec asks for the kind. */
  readonly path: Path;
  readonly asks: (context: RuleContext) => boolean;
}

const ASKING: Readonly<Record<OptionalKind, Asking>> = {
  HTTPRoute: { path: ['networking', 'httpRoute'], asks: ({ instance }) => instance.spec.networking?.httpRoute?.enabled === true },
  Middleware: {
    path: ['networking', 'ingress'],
    asks: ({ resolved: { ingress } }) =>
      ingress?.controller === 'traefik' && (ingress.basicAuth !== null || ingress.requestsPerSecond !== null),
  },
  PrometheusRule: { path: ['observability', 'metrics', 'prometheusRule'], asks: ({ resolved }) => resolved.metrics.alerts !== null },
  ServiceMonitor: {
    path: ['observability', 'metrics', 'serviceMonitor'],
    asks: ({ resolved }) => resolved.metrics.serviceMonitor !== null,
  },
};

/** Speaks only where the cluster's APIs are known: as Argo CD's plugin, or with `--api-versions`. */
export const missingCrd: Rule = {
  id: 'missing-crd',
  severity: 'warning',
  summary: 'The cluster does not know a kind that the spec asks for, so its object is left out: with it Argo CD would heal nothing.',
  hint: 'install the CRD and refresh, or switch this off here; the plugin parameter "missing-crds: keep" renders it all the same',
  check(context: RuleContext) {
    return context.resolved.missingKinds
      .filter((kind) => ASKING[kind].asks(context))
      .map((kind) => ({
        path: ['spec', ...ASKING[kind].path],
        part: 'key' as const,
        message: `the cluster does not know ${kind} of ${OPTIONAL_KINDS[kind]}, so it is left out`,
      }));
  },
};
