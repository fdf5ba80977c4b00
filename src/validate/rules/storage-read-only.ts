import type { Rule, RuleContext } from '../rule.ts';

export const storageReadOnly: Rule = {
  id: 'storage-read-only',
  severity: 'error',
  summary: 'The access modes of the volume let nobody write.',
  hint: 'use ReadWriteOnce or ReadWriteOncePod',
  check({ instance: { spec }, resolved: { storage } }: RuleContext) {
    if (spec.storage?.persistence === undefined || !storage.rendersClaim) return [];
    if (!storage.accessModes.every((mode) => mode === 'ReadOnlyMany')) return [];
    const path = ['spec', 'storage', 'persistence', 'accessModes'];
    return [{ path, message: '"ReadOnlyMany" alone lets nobody write; expected "ReadWriteOnce"' }];
  },
};
