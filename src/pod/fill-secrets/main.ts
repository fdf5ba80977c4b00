import '../exit-on-signal.ts';
import type { FillSecretsPlan } from '../../lib/pod-plan.ts';
import { runProgram } from '../run-program.ts';
import { inClusterApiServer } from '../api-server.ts';
import { runFillSecrets } from './fill-secrets.ts';

await runProgram('fill-secrets', async (plan, log) => {
  // The schema number has been checked; the renderer's own type wrote the rest.
  await runFillSecrets(plan as FillSecretsPlan, inClusterApiServer(process.env), log);
});
