import '../exit-on-signal.ts';
import { tmpdir } from 'node:os';
import type { InstallToolsPlan } from '../../lib/pod-plan.ts';
import { runCommand } from '../command.ts';
import { runProgram } from '../run-program.ts';
import { installTools } from './install-tools.ts';

await runProgram('install-tools', (plan, log) =>
  // The schema number has been checked; the renderer's own type wrote the rest.
  installTools(plan as InstallToolsPlan, { log, run: runCommand, env: process.env, temporary: tmpdir() }),
);
