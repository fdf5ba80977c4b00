import type { RuleCases } from '../rule-case.ts';
import { ACCESS_CASES } from './access.ts';
import { AMOUNT_CASES } from './amounts.ts';
import { CHROMIUM_CASES } from './chromium.ts';
import { CLAIM_CASES } from './claims.ts';
import { CONFIG_CASES } from './config.ts';
import { CONTAINER_CASES } from './containers.ts';
import { DISK_CASES } from './disks.ts';
import { ENVIRONMENT_CASES } from './environment.ts';
import { IMAGE_CASES } from './images.ts';
import { INGRESS_CASES } from './ingress.ts';
import { METADATA_CASES } from './metadata.ts';
import { METRICS_CASES } from './metrics.ts';
import { NAMESPACE_CASES } from './namespace.ts';
import { NETWORK_CASES } from './network.ts';
import { PACK_CASES } from './packs.ts';
import { POD_CASES } from './pod.ts';
import { ROLLOUT_CASES } from './rollout.ts';
import { SCHEDULING_CASES } from './scheduling.ts';
import { SECURITY_CASES } from './security.ts';
import { SELF_CONFIGURE_CASES } from './self-configure.ts';
import { TAILSCALE_CASES } from './tailscale.ts';
import { WORKSPACE_CASES } from './workspace.ts';

/** The cases of every rule. */
export const ALL_CASES: RuleCases = {
  ...METADATA_CASES,
  ...IMAGE_CASES,
  ...ACCESS_CASES,
  ...METRICS_CASES,
  ...NETWORK_CASES,
  ...NAMESPACE_CASES,
  ...INGRESS_CASES,
  ...CONTAINER_CASES,
  ...DISK_CASES,
  ...ENVIRONMENT_CASES,
  ...POD_CASES,
  ...SCHEDULING_CASES,
  ...SECURITY_CASES,
  ...AMOUNT_CASES,
  ...CLAIM_CASES,
  ...CONFIG_CASES,
  ...CHROMIUM_CASES,
  ...ROLLOUT_CASES,
  ...SELF_CONFIGURE_CASES,
  ...TAILSCALE_CASES,
  ...WORKSPACE_CASES,
  ...PACK_CASES,
};
