import { request as plainRequest, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';

/**
 * A way to a listening port: from a remote address over the network, with TLS where it has a certificate to trust, or through a
 * socket file that leads to the pod's loopback.
 */
export type Route =
  | { readonly socketPath: string }
  | { readonly host: string; readonly port: number; readonly localAddress: string; readonly ca?: string; readonly servername?: string };

/** A request on a connection of its own. */
export function requestOn(route: Route, options: RequestOptions): ReturnType<typeof plainRequest> {
  const isTls = 'ca' in route && route.ca !== undefined;
  return (isTls ? tlsRequest : plainRequest)({ ...route, ...options, agent: false });
}
