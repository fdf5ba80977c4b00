import type { Agent } from './agent.ts';

/** One promise of the manifests. `run` throws when it is broken. */
export interface Check {
  /** Equals the file's name. */
  readonly id: string;
  run: (agent: Agent) => Promise<void>;
}
