import { run } from './command.ts';

/** The pod's side of a cable; the other side is the runner's own network, where the kubelet and the remote clients are. */
export interface PodNetwork {
  /** For `nsenter --net=`. */
  readonly path: string;
  readonly podAddress: string;
  readonly podAddress6: string;
  /** Where the kubelet's probes come from. */
  readonly nodeAddress: string;
}

const NAME = 'pod';
const NODE_DEVICE = 'to-pod';
export const POD_ADDRESS = '10.244.7.2';
const POD_ADDRESS_6 = 'fd00:10:244:7::2';
/** The runner as the pod sees it: the one address beside its own that it can reach. */
export const NODE_ADDRESS = '10.244.7.1';

/** Addresses on the runner's side that clients can connect from: each is another remote peer for the pod. */
export const REMOTE_CLIENTS = ['10.244.7.21', '10.244.7.22', '10.244.7.23', '10.244.7.24'] as const;

/** A network namespace with loopback and one address of each family, without a way out to anywhere but the runner. */
export function createPodNetwork(): PodNetwork {
  run('ip', 'netns', 'add', NAME);
  run('ip', 'link', 'add', NODE_DEVICE, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', NAME);
  for (const address of [NODE_ADDRESS, ...REMOTE_CLIENTS]) run('ip', 'address', 'add', `${address}/24`, 'dev', NODE_DEVICE);
  run('ip', 'address', 'add', 'fd00:10:244:7::1/64', 'dev', NODE_DEVICE, 'nodad');
  run('ip', 'link', 'set', NODE_DEVICE, 'up');
  run('ip', '-n', NAME, 'address', 'add', `${POD_ADDRESS}/24`, 'dev', 'eth0');
  run('ip', '-n', NAME, 'address', 'add', `${POD_ADDRESS_6}/64`, 'dev', 'eth0', 'nodad');
  run('ip', '-n', NAME, 'link', 'set', 'lo', 'up');
  run('ip', '-n', NAME, 'link', 'set', 'eth0', 'up');
  return { path: `/run/netns/${NAME}`, podAddress: POD_ADDRESS, podAddress6: POD_ADDRESS_6, nodeAddress: NODE_ADDRESS };
}

export function removePodNetwork(): void {
  // Deleted on this side first: the kernel takes the namespace itself down later, the next pod needs the name now.
  run('ip', 'link', 'delete', NODE_DEVICE);
  run('ip', 'netns', 'delete', NAME);
}
