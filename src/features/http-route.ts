/** A route of the Gateway API to the agent. Its Gateway decides about TLS; HSTS comes from the gateway itself. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { OPTIONAL_KINDS } from '../kube/optional-kinds.ts';
import type { Resolved } from '../resolve/resolved.ts';

function contribute({ httpRoute, name }: Resolved): Contribution | null {
  if (httpRoute === null) return null;
  const { annotations, hostnames, parents, port } = httpRoute;
  // The API server's defaults are written out: these lists are compared as a whole, and would differ for ever.
  const parentRefs = parents.map(({ name: gateway, namespace, sectionName }) => ({
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    name: gateway,
    ...(namespace === undefined ? {} : { namespace }),
    ...(sectionName === undefined ? {} : { sectionName }),
  }));
  const rule = {
    backendRefs: [{ group: '', kind: 'Service', name, port, weight: 1 }],
    matches: [{ path: { type: 'PathPrefix', value: '/' } }],
    // Answers are streamed for as long as a turn takes; Envoy would end them after 15 seconds.
    timeouts: { request: '0s' },
  };
  return {
    objects: [
      {
        apiVersion: OPTIONAL_KINDS.HTTPRoute,
        kind: 'HTTPRoute',
        metadata: { name, annotations },
        spec: { parentRefs, ...(hostnames.length === 0 ? {} : { hostnames: [...hostnames] }), rules: [rule] },
      },
    ],
  };
}

export const httpRoute: Feature = {
  id: 'http-route',
  summary: 'a route of the Gateway API to the agent',
  reads: ['networking.httpRoute'],
  contribute,
};
