import type { Check } from '../check.ts';
import { expectState, leaveState } from '../sample-state.ts';

/** A new pod on the same volume knows its devices, cron jobs and files; the old one left within its grace period. */
export const restart: Check = {
  id: 'restart',
  run: async (agent) => {
    const state = await leaveState(agent.local, agent.token, agent.pod.container('openclaw'));
    await agent.restart();
    await expectState(state, agent.remote(0), agent.token, agent.pod.container('openclaw'));
  },
};
