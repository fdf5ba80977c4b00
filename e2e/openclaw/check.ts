import type { Agent } from './agent.ts';
import type { CaseName } from './instances.ts';

/** One promise of the manifests. `run` throws when it is broken. */
export interface Check {
  /** Equals the file's name. */
  readonly id: string;
  readonly cases: readonly CaseName[];
  run: (agent: Agent) => Promise<void>;
}
