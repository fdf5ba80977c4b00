/** Every command, in the order of the help. */
import { adoptCommand } from './adopt/adopt.ts';
import { argocdGenerateCommand } from './argocd/generate.ts';
import type { Command } from './command.ts';
import { krmCommand } from './krm/krm.ts';
import { lockCommand } from './lock/lock.ts';
import { pushCommand } from './push/push.ts';
import { renderCommand } from './render.ts';
import { schemaCommand } from './schema.ts';
import { validateCommand } from './validate.ts';
import { versionCommand } from './version.ts';

export const commands: readonly Command[] = [
  renderCommand,
  validateCommand,
  lockCommand,
  pushCommand,
  adoptCommand,
  schemaCommand,
  argocdGenerateCommand,
  krmCommand,
  versionCommand,
];

export function findCommand(name: string): Command | null {
  return commands.find((command) => command.name === name) ?? null;
}
