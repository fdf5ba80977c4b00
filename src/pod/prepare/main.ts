import '../exit-on-signal.ts';
import type { PreparePlan } from '../../lib/pod-plan.ts';
import { runProgram } from '../run-program.ts';
import { canListenOnIpv6 } from './listen.ts';
import { nodeFileSystem } from './node-file-system.ts';
import { prepare } from './prepare.ts';
import { explainSystemErrors } from './system-error.ts';

await runProgram('prepare', async (plan, log) => {
  const context = { fs: nodeFileSystem, log, uid: process.geteuid?.() ?? -1 };
  // The schema number has been checked; the renderer's own type wrote the rest.
  await explainSystemErrors(context, () => prepare(context, plan as PreparePlan, canListenOnIpv6));
});
