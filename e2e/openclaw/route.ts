/** A way to a listening port: from a remote address over the network, or through a socket file that leads to the pod's loopback. */
export type Route = { readonly socketPath: string } | { readonly host: string; readonly port: number; readonly localAddress: string };
