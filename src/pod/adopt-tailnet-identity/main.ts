import '../exit-on-signal.ts';
import type { AdoptTailnetIdentityPlan } from '../../lib/pod-plan.ts';
import { nodeFileSystem } from '../prepare/node-file-system.ts';
import { explainSystemErrors } from '../prepare/system-error.ts';
import { runProgram } from '../run-program.ts';
import { adoptTailnetIdentity } from './adopt-tailnet-identity.ts';

await runProgram('adopt-tailnet-identity', async (plan, log) => {
  const context = { fs: nodeFileSystem, log, uid: process.geteuid?.() ?? -1 };
  // The schema number has been checked; the renderer's own type wrote the rest.
  await explainSystemErrors(context, () => adoptTailnetIdentity(context, plan as AdoptTailnetIdentityPlan, process.env['POD_NAME'] ?? ''));
});
