import type { AgentCase } from '../agent-case.ts';
import { browserOrigins } from '../checks/browser-origins.ts';
import { ACCESS, ON_END, ON_START } from '../checks/index.ts';
import { FORCED_PATH, liveEdit } from '../checks/live-edit.ts';
import { instance } from '../instance.ts';
import { ALLOWED_ORIGIN } from '../origins.ts';

/** The configuration merged into the live file, which the agent may edit. */
export const mergeCase: AgentCase = {
  name: 'merge',
  instance: (version) =>
    instance(version, {
      config: {
        mergeMode: 'merge',
        forcePaths: [FORCED_PATH],
        raw: { gateway: { controlUi: { allowedOrigins: [ALLOWED_ORIGIN] } }, session: { dmScope: 'main' } },
      },
    }),
  leftOut: ['otel-collector'],
  checks: [...ON_START, ...ACCESS, browserOrigins, ...ON_END, liveEdit],
};
