/** The checks that most cases share, in groups; a case puts its own between them. */
import type { Check } from '../check.ts';
import { configValidate } from './config-validate.ts';
import { everyProbe } from './every-probe.ts';
import { forgedHeaders } from './forged-headers.ts';
import { localPairing } from './local-pairing.ts';
import { lockOut } from './lock-out.ts';
import { probes } from './probes.ts';
import { quietLog } from './quiet-log.ts';
import { remotePairing } from './remote-pairing.ts';
import { restart } from './restart.ts';
import { securityAudit } from './security-audit.ts';
import { tokenAuth } from './token-auth.ts';
import { upload } from './upload.ts';
import { volumeLayout } from './volume-layout.ts';
import { volumeLimits } from './volume-limits.ts';

/** Of every pod that has just become ready. */
export const ON_START: readonly Check[] = [probes, everyProbe, configValidate, securityAudit];

/** Who gets in and who does not: for cases that change how the gateway is reached. */
export const ACCESS: readonly Check[] = [tokenAuth, localPairing, remotePairing, forgedHeaders, lockOut, upload];

/** Of every pod that has worked: after the checks of what it does. */
export const ON_END: readonly Check[] = [quietLog, restart, volumeLayout, volumeLimits];
