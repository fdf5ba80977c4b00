/** Starts kube-controller-manager with the controllers that decide what stays when something is deleted. */
import { binary } from '../tools/binary.ts';
import type { ApiConnection } from './api-client.ts';
import { startClientProcess, type ClientProcess } from './client-process.ts';

const CONTROLLERS = ['garbage-collector-controller', 'statefulset-controller', 'persistentvolumeclaim-protection-controller'];

/** With those that `more` names by their own names. */
export async function startControllers(connection: ApiConnection, more: readonly string[] = []): Promise<ClientProcess> {
  return await startClientProcess(await binary('kube-controller-manager'), connection, (kubeconfig, directory) => [
    `--kubeconfig=${kubeconfig}`,
    `--controllers=${[...CONTROLLERS, ...more].join(',')}`,
    '--leader-elect=false',
    // No port: nobody asks it anything.
    '--secure-port=0',
    `--cert-dir=${directory}`,
  ]);
}
