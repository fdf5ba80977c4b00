/** What the API server refuses in disks, drivers, claims and profiles that the user names. */
import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

const sidecar = (context: string): string => bot(`{sidecars: [{name: side, image: b, securityContext: ${context}}]}`);
const volume = (source: string): string => bot(`{extraVolumes: [{name: extra, ${source}}]}`);
const claim = (spec: string): string => volume(`ephemeral: {volumeClaimTemplate: {spec: ${spec}}}`);
const filled = (fields: string): string => claim(`{accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, ${fields}}`);

const initiator = (length: number): string =>
  `{name: extra, iscsi: {targetPortal: ${'a'.repeat(length)}, iqn: eui.02004567A425678D, initiatorName: "iqn.2026-01.test:a", lun: 0}}`;

const CONTEXT = 'error spec.sidecars[0].securityContext';
const VOLUME = 'error spec.extraVolumes[0]';
const CLAIM = `${VOLUME}.ephemeral.volumeClaimTemplate.spec`;
const IQN = 'expected one such as "iqn.2026-01.com.example:disk"';
const PROFILE = 'cannot be a profile of the node; expected one such as "agents/strict.json"';

export const DISK_CASES: RuleCases = {
  'volume-disk': [
    {
      title: 'names and units of iSCSI that are none, and a login that nobody has',
      input: bot(
        '{extraVolumes: [{name: a, iscsi: {targetPortal: "a:1", iqn: disk, lun: -1, chapAuthSession: true}}, {name: b, iscsi: {targetPortal: "a:1", iqn: "iqn.2026-01.test", initiatorName: "", lun: 256}}]}',
      ),
      expected: [
        `${VOLUME}.iscsi.lun: -1 is no unit of a disk; expected a number from 0 to 255`,
        `${VOLUME}.iscsi.iqn: "disk" is no name of iSCSI; ${IQN}`,
        `${VOLUME}.iscsi: the disk asks for a login, and none is named; expected "secretRef"`,
        'error spec.extraVolumes[1].iscsi.lun: 256 is no unit of a disk; expected a number from 0 to 255',
        `error spec.extraVolumes[1].iscsi.iqn: "iqn.2026-01.test" is no name of iSCSI; ${IQN}`,
        `error spec.extraVolumes[1].iscsi.initiatorName: "" is no name of iSCSI; ${IQN}`,
      ],
    },
    {
      title: 'an interface whose name is too long, by a character',
      input: bot(`{extraVolumes: [${[58, 59].map(initiator).join(', ')}]}`),
      expected: [
        `error spec.extraVolumes[1].iscsi.targetPortal: "${'a'.repeat(39)}…" and the name of the volume are together longer than 64 bytes with ":"; expected less beside "initiatorName"`,
      ],
    },
    {
      title: 'a Fibre Channel disk that is named in no way, in two, and without its unit',
      input: bot(
        '{extraVolumes: [{name: a, fc: {}}, {name: b, fc: {targetWWNs: [a], wwids: [b], lun: 0}}, {name: c, fc: {targetWWNs: [a]}}, {name: d, fc: {targetWWNs: [a], lun: 256}}]}',
      ),
      expected: [
        `${VOLUME}.fc: the disk is named in no way; expected "targetWWNs" with "lun", or "wwids"`,
        'error spec.extraVolumes[1].fc: the disk is named in two ways; expected "targetWWNs" with "lun", or "wwids"',
        'error spec.extraVolumes[2].fc: "targetWWNs" has no unit; expected "lun" beside it',
        'error spec.extraVolumes[3].fc.lun: 256 is no unit of a disk; expected a number from 0 to 255',
      ],
    },
    {
      title: 'a driver that has no such name',
      input: volume('csi: {driver: secrets_store}'),
      expected: [`${VOLUME}.csi.driver: "secrets_store" cannot be the name of a driver; expected one such as "csi.example.com"`],
    },
    {
      title: 'what Kubernetes accepts',
      input: bot(
        `{extraVolumes: [{name: a, iscsi: {targetPortal: "a:1", iqn: "naa.${'6'.repeat(32)}", lun: 255, chapAuthDiscovery: true, secretRef: {name: chap}}}, {name: b, fc: {wwids: [a]}}, {name: c, fc: {targetWWNs: [a], lun: 0}}, {name: d, csi: {driver: CSI.example.com}}]}`,
      ),
      expected: [],
    },
  ],
  'ephemeral-claim': [
    {
      title: 'no claim',
      input: volume('ephemeral: {}'),
      expected: [`${VOLUME}.ephemeral: the volume has no claim; expected "volumeClaimTemplate"`],
    },
    {
      title: 'neither access mode nor size',
      input: claim('{}'),
      expected: [
        `${CLAIM}: the claim has no access mode; expected "accessModes" such as "ReadWriteOnce"`,
        `${CLAIM}: the claim has no size; expected "resources.requests.storage"`,
      ],
    },
    {
      title: 'less than no room',
      input: claim('{accessModes: [ReadWriteOnce], resources: {requests: {storage: -1Gi}}}'),
      expected: [`${CLAIM}.resources.requests.storage: "-1Gi" is no room for anything; expected a size such as "10Gi"`],
    },
    {
      title: 'filled with what is nothing',
      input: filled('dataSource: {kind: VolumeSnapshot, name: ""}'),
      expected: [
        `${CLAIM}.dataSource.name: "name" is empty; expected what the volume is filled with`,
        `${CLAIM}.dataSource: "VolumeSnapshot" has no group; expected "apiGroup" beside it, or "PersistentVolumeClaim"`,
      ],
    },
    {
      title: 'a group and a namespace that are none',
      input: filled('dataSourceRef: {apiGroup: a b, kind: "", name: a, namespace: A}'),
      expected: [
        `${CLAIM}.dataSourceRef.kind: "kind" is empty; expected what the volume is filled with`,
        `${CLAIM}.dataSourceRef.apiGroup: "a b" is no group of an API; expected one such as "snapshot.storage.k8s.io"`,
        `${CLAIM}.dataSourceRef.namespace: "A" cannot be the name of a namespace; expected one such as "agents"`,
      ],
    },
    {
      title: 'filled with two things',
      input: filled('dataSource: {kind: PersistentVolumeClaim, name: a}, dataSourceRef: {kind: PersistentVolumeClaim, name: b}'),
      expected: [`${CLAIM}.dataSource: "dataSource" and "dataSourceRef" say different things; expected one of the two`],
    },
    {
      title: 'what Kubernetes accepts',
      input: filled('dataSource: {kind: PersistentVolumeClaim, name: a}, dataSourceRef: {kind: PersistentVolumeClaim, name: a}'),
      expected: [],
    },
  ],
  'security-profile': [
    {
      title: 'profiles without a name, and a name without the type',
      input: sidecar('{seccompProfile: {type: Localhost}, appArmorProfile: {type: RuntimeDefault, localhostProfile: a}}'),
      expected: [
        `${CONTEXT}.appArmorProfile.localhostProfile: "RuntimeDefault" is no profile of the node; expected no "localhostProfile" beside it`,
        `${CONTEXT}.seccompProfile: "Localhost" names no profile; expected "localhostProfile" beside it`,
      ],
    },
    {
      title: 'names that cannot be',
      input: bot(
        '{initContainers: [{name: a, image: b, securityContext: {seccompProfile: {type: Localhost, localhostProfile: a/../b}, appArmorProfile: {type: Localhost, localhostProfile: " a"}}}], sidecars: [{name: c, image: b, securityContext: {seccompProfile: {type: Localhost, localhostProfile: /a}, appArmorProfile: {type: Localhost, localhostProfile: ""}}}]}',
      ),
      expected: [
        `${CONTEXT}.appArmorProfile.localhostProfile: "" ${PROFILE}`,
        `${CONTEXT}.seccompProfile.localhostProfile: "/a" ${PROFILE}`,
        `error spec.initContainers[0].securityContext.appArmorProfile.localhostProfile: " a" ${PROFILE}`,
        `error spec.initContainers[0].securityContext.seccompProfile.localhostProfile: "a/../b" ${PROFILE}`,
      ],
    },
    {
      title: 'what Kubernetes accepts',
      input: sidecar(
        '{seccompProfile: {type: Localhost, localhostProfile: a/b..json}, appArmorProfile: {type: Localhost, localhostProfile: /a}}',
      ),
      expected: [],
    },
  ],
};
