import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const pod = (fields: string): string => bot(`{security: {podSecurityContext: {${fields}}}}`);
const main = (fields: string): string => bot(`{security: {containerSecurityContext: {${fields}}}}`);
const claim = (fields: string): string => bot(`{storage: {persistence: {${fields}}}}`);

export const SECURITY_CASES: RuleCases = {
  'root-user': [
    {
      title: 'POD-318 ARD-140 root for the pod',
      input: pod('runAsUser: 0'),
      expected: ['error spec.security.podSecurityContext.runAsUser: user 0 is root; expected a user without rights on the node'],
    },
    {
      title: 'ARD-140 W-46 root for the container',
      input: main('runAsUser: 0'),
      expected: ['error spec.security.containerSecurityContext.runAsUser: user 0 is root; expected a user without rights on the node'],
    },
    { title: 'POD-318 any other user', input: pod('runAsUser: 1'), expected: [] },
  ],
  'run-as-non-root-off': [
    {
      title: 'POD-335 ARD-141 off for the pod',
      input: pod('runAsNonRoot: false'),
      expected: ['warning spec.security.podSecurityContext.runAsNonRoot: "runAsNonRoot" is false; expected Kubernetes to refuse root'],
    },
    {
      title: 'off for the container',
      input: main('runAsNonRoot: false'),
      expected: [
        'warning spec.security.containerSecurityContext.runAsNonRoot: "runAsNonRoot" is false; expected Kubernetes to refuse root',
      ],
    },
    { title: 'ARD-141 on', input: pod('runAsNonRoot: true'), expected: [] },
  ],
  'run-as-user-changed': [
    {
      title: 'another user than usual',
      input: pod('runAsUser: 2000'),
      expected: [
        'warning spec.security.podSecurityContext.runAsUser: 2000 is not the user that agents usually run as; expected 1000, unless the volume is new or belongs to 2000',
      ],
    },
    {
      title: 'both changed alike',
      input: bot('{security: {podSecurityContext: {runAsUser: 2000}, containerSecurityContext: {runAsUser: 2000}}}'),
      expected: [
        'warning spec.security.podSecurityContext.runAsUser: 2000 is not the user that agents usually run as; expected 1000, unless the volume is new or belongs to 2000',
      ],
    },
    {
      title: 'the usual one',
      input: bot('{security: {podSecurityContext: {runAsUser: 1000}, containerSecurityContext: {runAsUser: 1000}}}'),
      expected: [],
    },
  ],
  'container-user-differs': [
    {
      title: "the container's user cannot read what the pod's user owns",
      input: main('runAsUser: 2000'),
      expected: [
        "warning spec.security.containerSecurityContext.runAsUser: 2000 cannot read the state directory, which belongs to the pod's user 1000; expected the same user",
      ],
    },
    {
      title: 'the user of the pod',
      input: bot('{security: {podSecurityContext: {runAsUser: 2000}, containerSecurityContext: {runAsUser: 2000}}}'),
      expected: [],
    },
  ],
  'privilege-escalation': [
    {
      title: 'POD-335 ARD-146 allowed',
      input: main('allowPrivilegeEscalation: true'),
      expected: [
        'warning spec.security.containerSecurityContext.allowPrivilegeEscalation: "allowPrivilegeEscalation" is true; expected processes to keep the rights they start with',
      ],
    },
    { title: 'ARD-146 not allowed', input: main('allowPrivilegeEscalation: false'), expected: [] },
  ],
  'writable-root-filesystem': [
    {
      title: 'POD-335 ARD-146 writable',
      input: main('readOnlyRootFilesystem: false'),
      expected: [
        'warning spec.security.containerSecurityContext.readOnlyRootFilesystem: "readOnlyRootFilesystem" is false; expected the image to be read-only',
      ],
    },
    { title: 'ARD-146 read-only', input: main('readOnlyRootFilesystem: true'), expected: [] },
  ],
  'process-namespace-shared': [
    {
      title: 'shared',
      input: bot('{shareProcessNamespace: true}'),
      expected: [
        `warning spec.shareProcessNamespace: "shareProcessNamespace" is true; expected containers that cannot read the agent's environment`,
      ],
    },
    { title: 'not shared', input: bot('{shareProcessNamespace: false}'), expected: [] },
  ],
  'storage-shared': [
    {
      title: 'a mode of network file systems',
      input: claim('accessModes: [ReadWriteMany]'),
      expected: [
        'warning spec.storage.persistence.accessModes[0]: "ReadWriteMany" is the mode of network file systems; expected "ReadWriteOnce"',
      ],
    },
    ...['nfs-client', 'efs', 'azurefile-premium', 'rook-cephfs', 'aws_efs.v2'].map((storageClass) => ({
      title: `the class ${storageClass}`,
      input: claim(`storageClass: ${storageClass}`),
      expected: [
        `warning spec.storage.persistence.storageClass: "${storageClass}" sounds like a network file system; expected a class for block storage`,
      ],
    })),
    ...['premium-rwo', 'gp3', 'ceph-rbd', 'refs', 'longhorn'].map((storageClass) => ({
      title: `the class ${storageClass} is taken for block storage`,
      input: claim(`storageClass: ${storageClass}`),
      expected: [],
    })),
    { title: 'a claim of the user is not known', input: claim('accessModes: [ReadWriteMany], existingClaim: mine'), expected: [] },
  ],
  'storage-read-only': [
    {
      title: 'nobody could write',
      input: claim('accessModes: [ReadOnlyMany]'),
      expected: ['error spec.storage.persistence.accessModes: "ReadOnlyMany" alone lets nobody write; expected "ReadWriteOnce"'],
    },
    { title: 'one mode that writes', input: claim('accessModes: [ReadOnlyMany, ReadWriteOnce]'), expected: [] },
  ],
  'storage-size': [
    {
      title: 'a volume without room',
      input: claim('size: "0"'),
      expected: ['error spec.storage.persistence.size: "0" is no room for anything; expected a size such as "10Gi"'],
    },
    {
      title: 'the volumes of the browser and of Ollama',
      input: bot('{chromium: {persistence: {size: 0Gi}}, ollama: {storage: {sizeLimit: "0"}}}'),
      expected: [
        'error spec.chromium.persistence.size: "0Gi" is no room for anything; expected a size such as "10Gi"',
        'error spec.ollama.storage.sizeLimit: "0" is no room for anything; expected a size such as "10Gi"',
      ],
    },
    {
      title: 'some room, the default, and what is no quantity',
      input: bot('{storage: {persistence: {size: 1Gi}}, chromium: {persistence: {size: ""}}, ollama: {storage: {sizeLimit: much}}}'),
      expected: [],
    },
  ],
};
