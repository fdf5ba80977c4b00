/** Every rule, by id. */
import type { Rule } from '../rule.ts';
import { accessModes } from './access-modes.ts';
import { annotationKey } from './annotation-key.ts';
import { annotationUnknown } from './annotation-unknown.ts';
import { annotationsTooLarge } from './annotations-too-large.ts';
import { autoUpdateDigest } from './auto-update-digest.ts';
import { autoscalingClaim } from './autoscaling-claim.ts';
import { autoscalingRange } from './autoscaling-range.ts';
import { autoscalingReplicas } from './autoscaling-replicas.ts';
import { autoscalingSharedClaim } from './autoscaling-shared-claim.ts';
import { autoscalingSuspended } from './autoscaling-suspended.ts';
import { backendPort } from './backend-port.ts';
import { backupWithoutVolume } from './backup-without-volume.ts';
import { basicAuthSyntax } from './basic-auth-syntax.ts';
import { byteAmount } from './byte-amount.ts';
import { caBundle } from './ca-bundle.ts';
import { chromiumDebuggingPort } from './chromium-debugging-port.ts';
import { chromiumHome } from './chromium-home.ts';
import { chromiumImageReplaced } from './chromium-image-replaced.ts';
import { chromiumProfileArgument } from './chromium-profile-argument.ts';
import { chromiumRemoteOrigins } from './chromium-remote-origins.ts';
import { cidrAmbiguous } from './cidr-ambiguous.ts';
import { cidrSyntax } from './cidr-syntax.ts';
import { claimShared } from './claim-shared.ts';
import { configCredential } from './config-credential.ts';
import { configDangerousFlag } from './config-dangerous-flag.ts';
import { configJson5 } from './config-json5.ts';
import { configKeyRefused } from './config-key-refused.ts';
import { configKeyUnknown } from './config-key-unknown.ts';
import { configMapLarge } from './config-map-large.ts';
import { configMapNotFound } from './config-map-not-found.ts';
import { configMapTooLarge } from './config-map-too-large.ts';
import { configRawIgnored } from './config-raw-ignored.ts';
import { configRollout } from './config-rollout.ts';
import { configUnreadable } from './config-unreadable.ts';
import { containerNameTaken } from './container-name-taken.ts';
import { containerPortTaken } from './container-port-taken.ts';
import { containerResources } from './container-resources.ts';
import { containerUserDiffers } from './container-user-differs.ts';
import { controlCharacter } from './control-character.ts';
import { cronSchedule } from './cron-schedule.ts';
import { dataVolumeExposed } from './data-volume-exposed.ts';
import { diskReadiness } from './disk-readiness.ts';
import { duration } from './duration.ts';
import { egressClosed } from './egress-closed.ts';
import { egressOpen } from './egress-open.ts';
import { envCredential } from './env-credential.ts';
import { envDuplicate } from './env-duplicate.ts';
import { envPrefix } from './env-prefix.ts';
import { envReserved } from './env-reserved.ts';
import { envSource } from './env-source.ts';
import { envUnknown } from './env-unknown.ts';
import { ephemeralClaim } from './ephemeral-claim.ts';
import { fieldReference } from './field-reference.ts';
import { forcePaths } from './force-paths.ts';
import { gatewayAuthOff } from './gateway-auth-off.ts';
import { gatewayBindConflict } from './gateway-bind-conflict.ts';
import { gatewayListener } from './gateway-listener.ts';
import { hostName } from './host-name.ts';
import { httpRouteParents } from './http-route-parents.ts';
import { imageDigestMissing } from './image-digest-missing.ts';
import { imageLatest } from './image-latest.ts';
import { imageReference } from './image-reference.ts';
import { imageTagMissing } from './image-tag-missing.ts';
import { ingressAnnotationOverwritten } from './ingress-annotation-overwritten.ts';
import { ingressCidrsMissing } from './ingress-cidrs-missing.ts';
import { ingressClassConflict } from './ingress-class-conflict.ts';
import { ingressControllerUnknown } from './ingress-controller-unknown.ts';
import { ingressHostsMissing } from './ingress-hosts-missing.ts';
import { ingressHttpAllowed } from './ingress-http-allowed.ts';
import { ingressPath } from './ingress-path.ts';
import { ingressSnippet } from './ingress-snippet.ts';
import { ingressSourceClosed } from './ingress-source-closed.ts';
import { ingressTlsMissing } from './ingress-tls-missing.ts';
import { installFailure } from './install-failure.ts';
import { instanceName } from './instance-name.ts';
import { instanceNamespace } from './instance-namespace.ts';
import { labelSyntax } from './label-syntax.ts';
import { lockConflict } from './lock-conflict.ts';
import { loggingIgnored } from './logging-ignored.ts';
import { memoryLimitLow } from './memory-limit-low.ts';
import { metricsNotExported } from './metrics-not-exported.ts';
import { metricsPort } from './metrics-port.ts';
import { missingCrd } from './missing-crd.ts';
import { mountPath } from './mount-path.ts';
import { namespaceLevelRule } from './namespace-level.ts';
import { namespaceShared } from './namespace-shared.ts';
import { namespaceTaken } from './namespace-taken.ts';
import { networkPolicyOff } from './network-policy-off.ts';
import { networkPolicyPeer } from './network-policy-peer.ts';
import { notYetSupported } from './not-yet-supported.ts';
import { objectNameTaken } from './object-name-taken.ts';
import { ollamaModelName } from './ollama-model-name.ts';
import { openclawVersionOld } from './openclaw-version-old.ts';
import { openclawVersionUnknown } from './openclaw-version-unknown.ts';
import { originAny } from './origin-any.ts';
import { originSyntax } from './origin-syntax.ts';
import { packConflict } from './pack-conflict.ts';
import { packNotLocked } from './pack-not-locked.ts';
import { packageConflict } from './package-conflict.ts';
import { packageUnpinned } from './package-unpinned.ts';
import { pluginBlocked } from './plugin-blocked.ts';
import { pluginName } from './plugin-name.ts';
import { podAnnotationOverwritten } from './pod-annotation-overwritten.ts';
import { podSecurityRestricted } from './pod-security-restricted.ts';
import { portName } from './port-name.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { probeSyntax } from './probe-syntax.ts';
import { processNamespaceShared } from './process-namespace-shared.ts';
import { providerKeyMissing } from './provider-key-missing.ts';
import { proxyExceptionsMissing } from './proxy-exceptions-missing.ts';
import { quantitySyntax } from './quantity-syntax.ts';
import { rbacRuleIncomplete } from './rbac-rule-incomplete.ts';
import { rbacRulesUnused } from './rbac-rules-unused.ts';
import { referenceKey } from './reference-key.ts';
import { referenceKeyMissing } from './reference-key-missing.ts';
import { referenceName } from './reference-name.ts';
import { registrySyntax } from './registry-syntax.ts';
import { requestsAboveLimits } from './requests-above-limits.ts';
import { rootUser } from './root-user.ts';
import { runAsNonRootOff } from './run-as-non-root-off.ts';
import { runAsUserChanged } from './run-as-user-changed.ts';
import { runbookUrl } from './runbook-url.ts';
import { secretInGit } from './secret-in-git.ts';
import { secretSops } from './secret-sops.ts';
import { securityContextConflict } from './security-context-conflict.ts';
import { securityProfile } from './security-profile.ts';
import { selectorMissing } from './selector-missing.ts';
import { selectorSyntax } from './selector-syntax.ts';
import { selfConfigureAccess } from './self-configure-access.ts';
import { serviceAccountMissing } from './service-account-missing.ts';
import { serviceAccountTakenOver } from './service-account-taken-over.ts';
import { serviceExposed } from './service-exposed.ts';
import { serviceMonitorTarget } from './service-monitor-target.ts';
import { servicePorts } from './service-ports.ts';
import { serviceTargetPort } from './service-target-port.ts';
import { skillName } from './skill-name.ts';
import { slackDefaultAccount } from './slack-default-account.ts';
import { storageReadOnly } from './storage-read-only.ts';
import { storageShared } from './storage-shared.ts';
import { storageSize } from './storage-size.ts';
import { tailscaleAuthKey } from './tailscale-auth-key.ts';
import { tailscaleAuthKeyMissing } from './tailscale-auth-key-missing.ts';
import { tailscaleHostname } from './tailscale-hostname.ts';
import { tailscaleIdentityLost } from './tailscale-identity-lost.ts';
import { tailscaleRouteUnclaimed } from './tailscale-route-unclaimed.ts';
import { tailscaleSsoConfig } from './tailscale-sso-config.ts';
import { tailscaleSsoFunnel } from './tailscale-sso-funnel.ts';
import { tolerationSyntax } from './toleration-syntax.ts';
import { topologySpreadDomains } from './topology-spread-domains.ts';
import { topologySpreadDuplicate } from './topology-spread-duplicate.ts';
import { trustedProxiesAll } from './trusted-proxies-all.ts';
import { trustedProxyProxied } from './trusted-proxy-proxied.ts';
import { trustedProxyToken } from './trusted-proxy-token.ts';
import { volumeDisk } from './volume-disk.ts';
import { volumeFiles } from './volume-files.ts';
import { volumeFilesOverlap } from './volume-files-overlap.ts';
import { volumeMountUnknown } from './volume-mount-unknown.ts';
import { volumeNameTaken } from './volume-name-taken.ts';
import { volumeSource } from './volume-source.ts';
import { volumeSourceEmpty } from './volume-source-empty.ts';
import { workspaceFileKeyRule } from './workspace-file-key.ts';
import { workspaceFileReplaced } from './workspace-file-replaced.ts';
import { workspaceName } from './workspace-name.ts';
import { workspacePath } from './workspace-path.ts';
import { workspacePathConflict } from './workspace-path-conflict.ts';
import { writableRootFilesystem } from './writable-root-filesystem.ts';

export const rules: readonly Rule[] = [
  accessModes,
  annotationKey,
  annotationUnknown,
  annotationsTooLarge,
  autoUpdateDigest,
  autoscalingClaim,
  autoscalingRange,
  autoscalingReplicas,
  autoscalingSharedClaim,
  autoscalingSuspended,
  backendPort,
  backupWithoutVolume,
  basicAuthSyntax,
  byteAmount,
  caBundle,
  chromiumDebuggingPort,
  chromiumHome,
  chromiumImageReplaced,
  chromiumProfileArgument,
  chromiumRemoteOrigins,
  cidrAmbiguous,
  cidrSyntax,
  claimShared,
  configCredential,
  configDangerousFlag,
  configJson5,
  configKeyRefused,
  configKeyUnknown,
  configMapLarge,
  configMapNotFound,
  configMapTooLarge,
  configRawIgnored,
  configRollout,
  configUnreadable,
  containerNameTaken,
  containerPortTaken,
  containerResources,
  containerUserDiffers,
  controlCharacter,
  cronSchedule,
  dataVolumeExposed,
  diskReadiness,
  duration,
  egressClosed,
  egressOpen,
  envCredential,
  envDuplicate,
  envPrefix,
  envReserved,
  envSource,
  envUnknown,
  ephemeralClaim,
  fieldReference,
  forcePaths,
  gatewayAuthOff,
  gatewayBindConflict,
  gatewayListener,
  hostName,
  httpRouteParents,
  imageDigestMissing,
  imageLatest,
  imageReference,
  imageTagMissing,
  ingressAnnotationOverwritten,
  ingressCidrsMissing,
  ingressClassConflict,
  ingressControllerUnknown,
  ingressHostsMissing,
  ingressHttpAllowed,
  ingressPath,
  ingressSnippet,
  ingressSourceClosed,
  ingressTlsMissing,
  installFailure,
  instanceName,
  instanceNamespace,
  labelSyntax,
  lockConflict,
  loggingIgnored,
  memoryLimitLow,
  metricsNotExported,
  metricsPort,
  missingCrd,
  mountPath,
  namespaceLevelRule,
  namespaceShared,
  namespaceTaken,
  networkPolicyOff,
  networkPolicyPeer,
  notYetSupported,
  objectNameTaken,
  ollamaModelName,
  openclawVersionOld,
  openclawVersionUnknown,
  originAny,
  originSyntax,
  packConflict,
  packNotLocked,
  packageConflict,
  packageUnpinned,
  pluginBlocked,
  pluginName,
  podAnnotationOverwritten,
  podSecurityRestricted,
  portName,
  privilegeEscalation,
  probeSyntax,
  processNamespaceShared,
  providerKeyMissing,
  proxyExceptionsMissing,
  quantitySyntax,
  rbacRuleIncomplete,
  rbacRulesUnused,
  referenceKey,
  referenceKeyMissing,
  referenceName,
  registrySyntax,
  requestsAboveLimits,
  rootUser,
  runAsNonRootOff,
  runAsUserChanged,
  runbookUrl,
  secretInGit,
  secretSops,
  securityContextConflict,
  securityProfile,
  selectorMissing,
  selectorSyntax,
  selfConfigureAccess,
  serviceAccountMissing,
  serviceAccountTakenOver,
  serviceExposed,
  serviceMonitorTarget,
  servicePorts,
  serviceTargetPort,
  skillName,
  slackDefaultAccount,
  storageReadOnly,
  storageShared,
  storageSize,
  tailscaleAuthKey,
  tailscaleAuthKeyMissing,
  tailscaleHostname,
  tailscaleIdentityLost,
  tailscaleRouteUnclaimed,
  tailscaleSsoConfig,
  tailscaleSsoFunnel,
  tolerationSyntax,
  topologySpreadDomains,
  topologySpreadDuplicate,
  trustedProxiesAll,
  trustedProxyProxied,
  trustedProxyToken,
  volumeDisk,
  volumeFiles,
  volumeFilesOverlap,
  volumeMountUnknown,
  volumeNameTaken,
  volumeSource,
  volumeSourceEmpty,
  workspaceFileKeyRule,
  workspaceFileReplaced,
  workspaceName,
  workspacePath,
  workspacePathConflict,
  writableRootFilesystem,
];

/** Ids of rules that are gone: an id means one thing for ever. */
export const retiredRules: readonly string[] = ['chromium-claim-shared', 'ollama-root', 'web-terminal-login'];
