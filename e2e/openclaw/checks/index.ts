import type { Check } from '../check.ts';
import { adoption } from './adoption.ts';
import { configValidate } from './config-validate.ts';
import { forgedHeaders } from './forged-headers.ts';
import { hotReload } from './hot-reload.ts';
import { liveEdit } from './live-edit.ts';
import { localPairing } from './local-pairing.ts';
import { lockOut } from './lock-out.ts';
import { probes } from './probes.ts';
import { quietLog } from './quiet-log.ts';
import { remotePairing } from './remote-pairing.ts';
import { restart } from './restart.ts';
import { securityAudit } from './security-audit.ts';
import { stream } from './stream.ts';
import { tokenAuth } from './token-auth.ts';
import { upload } from './upload.ts';
import { volumeLayout } from './volume-layout.ts';
import { volumeLimits } from './volume-limits.ts';

/** In the order in which they run: each leaves a pod that the next can use, and `adoption` needs none. */
export const CHECKS: readonly Check[] = [
  probes,
  configValidate,
  securityAudit,
  tokenAuth,
  localPairing,
  remotePairing,
  forgedHeaders,
  lockOut,
  upload,
  stream,
  hotReload,
  quietLog,
  restart,
  liveEdit,
  volumeLayout,
  volumeLimits,
];

/** Checks that start pods of their own, when that of the case has stopped: there is one network and little memory. */
export const CHECKS_OF_OTHER_PODS: readonly Check[] = [adoption];
