import type { Instance } from './instance.ts';

/** How the agent may ask for changes of its own instance. What it may ask for is judged where requests are answered. */
export interface ResolvedSelfConfigure {
  /** Ranges of the API server that are reached on port 443; port 6443 is open to all. */
  readonly apiServerCidrs: readonly string[];
}

/** Null when the agent may not ask. */
export function resolveSelfConfigure({ spec }: Instance, apiServerCidrs: readonly string[]): ResolvedSelfConfigure | null {
  return spec.selfConfigure?.enabled === true ? { apiServerCidrs } : null;
}
