import { PACK_PREFIX } from '../../lib/pack-reference.ts';
import type { Rule, RuleContext } from '../rule.ts';
import type { Spec } from '../../resolve/instance.ts';

interface Feature {
  readonly name: string;
  readonly path: readonly string[];
  readonly asksFor: (spec: Spec) => boolean;
}

/** Skill packs are placed; others have to be installed. */
function holdsOthers(skills: readonly string[] | undefined): boolean {
  return (skills ?? []).some((skill) => !skill.startsWith(PACK_PREFIX));
}

function holdsSkills(spec: Spec): boolean {
  return holdsOthers(spec.skills);
}

/** Parts of the spec that the renderer does not know yet. `enabled: false` asks for nothing. */
const FEATURES: readonly Feature[] = [
  { name: 'chromium', path: ['chromium'], asksFor: (spec) => spec.chromium?.enabled === true },
  { name: 'ollama', path: ['ollama'], asksFor: (spec) => spec.ollama?.enabled === true },
  { name: 'tailscale', path: ['tailscale'], asksFor: (spec) => spec.tailscale?.enabled === true },
  { name: 'web terminal', path: ['webTerminal'], asksFor: (spec) => spec.webTerminal?.enabled === true },
  { name: 'skills', path: ['skills'], asksFor: holdsSkills },
  { name: 'plugins', path: ['plugins'], asksFor: (spec) => (spec.plugins ?? []).length > 0 },
  {
    name: 'runtime dependencies',
    path: ['runtimeDeps'],
    asksFor: (spec) => spec.runtimeDeps?.pnpm === true || spec.runtimeDeps?.python === true,
  },
  { name: 'self-configuration', path: ['selfConfigure'], asksFor: (spec) => spec.selfConfigure?.enabled === true },
  { name: 'autoscaling', path: ['availability', 'autoScaling'], asksFor: (spec) => spec.availability?.autoScaling?.enabled === true },
  { name: 'scheduled backups', path: ['backup'], asksFor: (spec) => (spec.backup?.schedule ?? '') !== '' },
  { name: 'restore', path: ['restoreFrom'], asksFor: (spec) => (spec.restoreFrom ?? '') !== '' },
  { name: 'automatic updates', path: ['autoUpdate'], asksFor: (spec) => spec.autoUpdate?.enabled === true },
];

export const notYetSupported: Rule = {
  id: 'not-yet-supported',
  severity: 'error',
  summary: 'The spec asks for something that this version cannot render.',
  hint: 'remove the field, or set `enabled: false` until a version of openclaw-gitops has it',
  check({ instance }: RuleContext) {
    const { spec } = instance;
    const workspaceSkills = (spec.workspace?.additionalWorkspaces ?? []).flatMap((workspace, index) =>
      holdsOthers(workspace.skills) ? [{ name: 'skills', path: ['workspace', 'additionalWorkspaces', index, 'skills'] as const }] : [],
    );
    return [...FEATURES.filter((feature) => feature.asksFor(spec)), ...workspaceSkills].map(({ name, path }) => ({
      path: ['spec', ...path],
      part: 'key' as const,
      message: `"spec.${path.join('.')}" asks for ${name}, which this version cannot render yet`,
    }));
  },
};
