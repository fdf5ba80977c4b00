/**
 * Kinds whose definitions other software brings, so that a cluster may not know them, with the apiVersion we write.
 * A line here, and the one that the rule `missing-crd` then asks for, is all that a new one needs: features make its objects
 * like any other, and `output/optional-kinds.ts` does the rest.
 */
export const OPTIONAL_KINDS = {
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  Middleware: 'traefik.io/v1alpha1',
  PrometheusRule: 'monitoring.coreos.com/v1',
  ServiceMonitor: 'monitoring.coreos.com/v1',
} as const satisfies Readonly<Record<string, string>>;

export type OptionalKind = keyof typeof OPTIONAL_KINDS;

/** True for an object of one of the optional kinds. */
export function isOptional(apiVersion: string, kind: string): boolean {
  return Object.hasOwn(OPTIONAL_KINDS, kind) && OPTIONAL_KINDS[kind as OptionalKind] === apiVersion;
}
