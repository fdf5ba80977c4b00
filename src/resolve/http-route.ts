import { GATEWAY_PORT } from './gateway-ports.ts';
import type { Instance } from './instance.ts';

export interface ResolvedHttpRoute {
  readonly parents: readonly { readonly name: string; readonly namespace: string | undefined; readonly sectionName: string | undefined }[];
  readonly hostnames: readonly string[];
  readonly port: number;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Null when no HTTPRoute is wanted. */
export function resolveHttpRoute(instance: Instance): ResolvedHttpRoute | null {
  const route = instance.spec.networking?.httpRoute;
  if (route?.enabled !== true) return null;
  return {
    parents: (route.parentRefs ?? []).map(({ name, namespace, sectionName }) => ({
      name,
      namespace: namespace || undefined,
      sectionName: sectionName || undefined,
    })),
    hostnames: route.hostnames ?? [],
    port: route.port ?? GATEWAY_PORT,
    annotations: route.annotations ?? {},
  };
}

/** Origins that browsers send from pages of the route's host names; its Gateway is taken to speak TLS. */
export function httpRouteOrigins(instance: Instance): string[] {
  return (resolveHttpRoute(instance)?.hostnames ?? []).flatMap((host) => (host === '' || host.includes('*') ? [] : [`https://${host}`]));
}
