import { configBase } from '../../resolve/config.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** POD-246, ARD-330, ARD-332: without the configuration nothing can be rendered; without extra workspace files the agent still runs. */
export const configMapNotFound: Rule = {
  id: 'config-map-not-found',
  severity: 'error',
  summary: 'A ConfigMap that the instance refers to is not in the input, or lacks the key.',
  hint: 'put the ConfigMap into the same input and namespace; a kustomize generator needs `disableNameSuffixHash: true`',
  check({ instance, companions }: RuleContext) {
    const findings: Finding[] = [];
    const base = configBase(instance, companions);
    const where = ['spec', 'config', 'configMapRef'];
    if (base.kind === 'missing-config-map') {
      findings.push({
        path: [...where, 'name'],
        message: `ConfigMap ${safelyQuoted(base.name)} is not in the input; expected it in namespace ${safelyQuoted(instance.namespace)}`,
      });
    }
    if (base.kind === 'missing-key') {
      findings.push({
        path: [...where, 'key'],
        message: `ConfigMap ${safelyQuoted(base.name)} has no key ${safelyQuoted(base.key)} under data`,
      });
    }
    const workspace = instance.spec.workspace ?? {};
    const references = [
      { ref: workspace.configMapRef, path: ['spec', 'workspace', 'configMapRef', 'name'] },
      ...(workspace.additionalWorkspaces ?? []).map(({ configMapRef }, index) => ({
        ref: configMapRef,
        path: ['spec', 'workspace', 'additionalWorkspaces', index, 'configMapRef', 'name'],
      })),
    ];
    for (const { ref, path } of references) {
      if (ref === undefined || companions.find('ConfigMap', instance.namespace, ref.name) !== undefined) continue;
      findings.push({
        path,
        severity: 'warning',
        message: `ConfigMap ${safelyQuoted(ref.name)} is not in the input; the workspace is seeded without it`,
      });
    }
    return findings;
  },
};
