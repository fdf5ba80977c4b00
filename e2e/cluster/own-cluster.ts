import { ApiClient } from './api-client.ts';
import type { Cluster } from './cluster.ts';
import { startControlPlane } from './control-plane.ts';

/** A check in a cluster that nobody used before, for namespaces that other checks have used too: without a controller nobody empties them. */
export async function withOwnCluster<Result>(shared: Cluster, check: (cluster: Cluster) => Promise<Result>): Promise<Result> {
  if (shared.hasControllers) return await check(shared);
  const controlPlane = await startControlPlane();
  const client = new ApiClient(controlPlane.connection);
  try {
    return await check({ ...shared, client });
  } finally {
    client.close();
    await controlPlane.stop();
  }
}
