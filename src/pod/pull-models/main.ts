import '../exit-on-signal.ts';
import type { PullModelsPlan } from '../../lib/pod-plan.ts';
import { runProgram } from '../run-program.ts';
import { runPullModels } from './pull-models.ts';

await runProgram('pull-models', async (plan, log) => {
  // The schema number has been checked; the renderer's own type wrote the rest.
  await runPullModels(plan as PullModelsPlan, log);
});
