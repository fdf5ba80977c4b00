import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** Names by which clusters usually call classes of network file systems. */
const NETWORK_CLASS = /(?:^|[-_.])(?:nfs|efs|azurefile|azure-file|cephfs|glusterfs|filestore|smb|cifs|fsx|manila|juicefs)(?:$|[-_.\d])/i;

export const storageShared: Rule = {
  id: 'storage-shared',
  severity: 'warning',
  summary: 'The state may lie on a network file system: SQLite needs locks that those do not keep.',
  hint: 'use a class for block storage and the access mode ReadWriteOnce or ReadWriteOncePod',
  check({ instance: { spec }, resolved: { storage } }: RuleContext) {
    if (spec.storage?.persistence === undefined || !storage.rendersClaim) return [];
    const path = ['spec', 'storage', 'persistence'];
    const findings: Finding[] = [];
    const shared = storage.accessModes.indexOf('ReadWriteMany');
    if (shared >= 0) {
      findings.push({
        path: [...path, 'accessModes', shared],
        message: '"ReadWriteMany" is the mode of network file systems; expected "ReadWriteOnce"',
      });
    }
    const { storageClass } = storage;
    if (storageClass !== undefined && NETWORK_CLASS.test(storageClass)) {
      findings.push({
        path: [...path, 'storageClass'],
        message: `${safelyQuoted(storageClass)} sounds like a network file system; expected a class for block storage`,
      });
    }
    return findings;
  },
};
