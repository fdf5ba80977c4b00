import { nameOf, namespaceOf } from '../../parse/classify.ts';
import { configMapBinaryData } from '../../resolve/companions.ts';
import { configBase } from '../../resolve/config.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** What is wrong with a ConfigMap that was not found, with the hint that fits. */
function absence(name: string, { passThrough }: RuleContext): Pick<Finding, 'message' | 'hint'> {
  const hasNoNamespace = passThrough.some(
    (object) =>
      object.value['kind'] === 'ConfigMap' &&
      object.value['apiVersion'] === 'v1' &&
      nameOf(object) === name &&
      namespaceOf(object) === undefined,
  );
  if (!hasNoNamespace) return { message: `ConfigMap ${safelyQuoted(name)} is not in the input` };
  return {
    message: `ConfigMap ${safelyQuoted(name)} is in the input without a namespace`,
    hint: 'set metadata.namespace of the ConfigMap, or pass --namespace',
  };
}

/** POD-246, ARD-330, ARD-332: without the configuration nothing can be rendered; without extra workspace files the agent still runs. */
export const configMapNotFound: Rule = {
  id: 'config-map-not-found',
  severity: 'error',
  summary: 'A ConfigMap that the instance refers to is not in the input, or lacks the key.',
  hint: 'put the ConfigMap into the same input and namespace; a kustomize generator needs `disableNameSuffixHash: true`',
  check(context: RuleContext) {
    const { instance, companions } = context;
    const findings: Finding[] = [];
    const base = configBase(instance, companions);
    const where = ['spec', 'config', 'configMapRef'];
    if (base.kind === 'missing-config-map') {
      const { message, ...rest } = absence(base.name, context);
      findings.push({
        ...rest,
        path: [...where, 'name'],
        message: `${message}; expected it in namespace ${safelyQuoted(instance.namespace)}`,
      });
    }
    if (base.kind === 'missing-key') {
      const object = companions.find('ConfigMap', instance.namespace, base.name);
      const isBinary = object !== undefined && configMapBinaryData(object).has(base.key);
      const key = `key ${safelyQuoted(base.key)}`;
      findings.push({
        path: [...where, 'key'],
        ...(isBinary
          ? {
              message: `ConfigMap ${safelyQuoted(base.name)} has ${key} under binaryData; expected it under data, as text`,
              hint: 'save the file as UTF-8 text and write it under data',
            }
          : { message: `ConfigMap ${safelyQuoted(base.name)} has no ${key} under data` }),
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
      const { message, ...rest } = absence(ref.name, context);
      findings.push({ ...rest, path, severity: 'warning', message: `${message}; the workspace is seeded without it` });
    }
    return findings;
  },
};
