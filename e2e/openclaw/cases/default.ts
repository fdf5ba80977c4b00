import type { AgentCase } from '../agent-case.ts';
import { adoption } from '../checks/adoption.ts';
import { hotReload } from '../checks/hot-reload.ts';
import { ACCESS, ON_END, ON_START } from '../checks/index.ts';
import { pairingApproval } from '../checks/pairing-approval.ts';
import { instance } from '../instance.ts';
import { ALLOWED_ORIGIN, LATER_ORIGIN } from '../origins.ts';

/** Nothing but the image's tag. */
export const defaultCase: AgentCase = {
  name: 'default',
  instance: (version) => instance(version, {}),
  instanceWithLaterOrigin: (version) =>
    instance(version, { config: { raw: { gateway: { controlUi: { allowedOrigins: [ALLOWED_ORIGIN, LATER_ORIGIN] } } } } }),
  leftOut: ['otel-collector'],
  checks: [...ON_START, ...ACCESS, pairingApproval, hotReload, ...ON_END],
  checksOfOtherPods: [adoption],
};
