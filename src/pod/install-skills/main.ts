import '../exit-on-signal.ts';
import { tmpdir } from 'node:os';
import type { InstallSkillsPlan } from '../../lib/pod-plan.ts';
import { runCommand } from '../command.ts';
import { runProgram } from '../run-program.ts';
import { installSkills } from './install-skills.ts';

await runProgram('install-skills', (plan, log) =>
  // The schema number has been checked; the renderer's own type wrote the rest.
  installSkills(plan as InstallSkillsPlan, { log, run: runCommand, env: process.env, temporary: tmpdir() }),
);
