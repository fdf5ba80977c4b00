import { Agent } from '../agent.ts';
import type { Check } from '../check.ts';
import { expectState, leaveState } from '../sample-state.ts';
import { volumeLayout } from './volume-layout.ts';

/** The first pod of ours on a volume that the operator's pod has used finds everything that was on it. */
export const adoption: Check = {
  id: 'adoption',
  run: async ({ version, agentCase }) => {
    const agent = await Agent.of(version, agentCase, 'operator');
    try {
      await agent.startOperatorPod();
      const state = await leaveState(agent.localWithoutProxy, agent.token, agent.pod.container('openclaw'));
      await agent.stop();
      await agent.start();
      await volumeLayout.run(agent);
      await expectState(state, agent.remote(0), agent.token, agent.pod.container('openclaw'));
    } finally {
      await agent.end();
    }
  },
};
