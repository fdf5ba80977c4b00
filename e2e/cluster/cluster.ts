import type { ApiClient } from './api-client.ts';

/** Where the checks run. */
export interface Cluster {
  readonly client: ApiClient;
  /** True for somebody's own cluster: controllers there change objects behind our back, and empty the namespaces that we delete. */
  readonly hasControllers: boolean;
}
