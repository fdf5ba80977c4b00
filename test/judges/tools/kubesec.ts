import { rulesOf } from '../judged-rule.ts';
import { REASON } from '../reasons.ts';

export const KUBESEC = rulesOf('kubesec', {
  met: {
    noPrivilegeEscalation: ['AllowPrivilegeEscalation'],
    noApiTokenForTheAgent: ['AutomountServiceAccountToken'],
    allCapabilitiesDropped: ['CapDropAll', 'CapDropAny'],
    noCapabilityAdded: ['CapSysAdmin'],
    noHostPath: ['DockerSock'],
    noHostAliases: ['HostAliases'],
    noHostNamespace: ['HostIPC', 'HostNetwork', 'HostPID'],
    cpuLimited: ['LimitsCPU'],
    memoryLimited: ['LimitsMemory'],
    cpuRequested: ['RequestsCPU'],
    memoryRequested: ['RequestsMemory'],
    noPrivilege: ['Privileged'],
    procMountDefault: ['ProcMount'],
    readOnlyRootFilesystem: ['ReadOnlyRootFilesystem'],
    runsAsNonRoot: ['RunAsNonRoot'],
    neverGroupZero: ['RunAsGroup'],
    seccompSet: ['SeccompAny', 'SeccompUnconfined'],
    ownServiceAccount: ['ServiceAccountName'],
  },
  departs: [
    [REASON.appArmor, 'ApparmorAny'],
    [REASON.hostUsers, 'HostUsers'],
    [REASON.uid, 'RunAsUser'],
    [REASON.secretsInEnvironment, 'SecretsAsEnvironmentVariables'],
    [
      'The claim is an object of its own, as the operator has it: a template could never be changed.',
      'VolumeClaimAccessModeReadWriteOnce',
      'VolumeClaimRequestsStorage',
    ],
  ],
  silent: [['Nothing is rendered that could be unconfined.', 'ApparmorUnconfined']],
});
