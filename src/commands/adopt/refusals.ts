/** Asks the API server about all steps before the first is done: a right or a policy that forbids one must not stop an adoption halfway. */
import type { Cluster } from '../../adapters/cluster.ts';
import { RemoteError } from '../../adapters/remote-error.ts';
import type { Adoption, Observed } from '../../adopt/observed.ts';
import { stepText, type Step } from '../../adopt/step.ts';
import { inParallel } from '../../lib/in-parallel.ts';
import { rehearse } from './act.ts';

const MOST_REQUESTS_AT_ONCE = 8;
/** A missing right forbids the same of many objects. */
const MOST_LINES = 10;
const FORBIDDEN = 403;
const LONGEST_PATIENCE_MILLISECONDS = 20_000;

export async function refusals(
  cluster: Cluster,
  steps: readonly Step[],
  observed: Observed,
  adoption: Adoption,
): Promise<readonly string[]> {
  const answers = await inParallel(steps, MOST_REQUESTS_AT_ONCE, async (step) => await refusal(cluster, step, observed, adoption));
  const found = answers.filter((answer) => answer !== null);
  const lines = found.slice(0, MOST_LINES);
  return found.length === lines.length ? lines : [...lines, `… and ${found.length - lines.length} more steps`];
}

async function refusal(cluster: Cluster, step: Step, observed: Observed, adoption: Adoption): Promise<string | null> {
  try {
    // Its definition may have been put back a moment ago.
    if (step.type === 'create-instance') await cluster.serves(step.object.apiVersion, step.object.kind, LONGEST_PATIENCE_MILLISECONDS);
    await rehearse(cluster, step, observed, adoption);
    return null;
  } catch (error) {
    if (!(error instanceof RemoteError) || error.status === null || error.canRetry) throw error;
    // Somebody changes it at this moment; the next look tells.
    if (error.status === 409) return null;
    // Joined with fields that another step takes away before, it may be nothing that anybody would accept; it was judged without them.
    if (step.type === 'apply' && error.status !== FORBIDDEN) return null;
    return `"${stepText(step)}" is not let: ${error.service} ${error.message}`;
  }
}
