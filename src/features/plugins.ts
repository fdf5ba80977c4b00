/** OpenClaw's plugins: installed before the agent starts, and enabled in its configuration, without which none is loaded. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import type { Resolved } from '../resolve/resolved.ts';

function contribute({ plugins: wanted }: Resolved): Contribution | null {
  if (wanted.length === 0) return null;
  return {
    pluginsToInstall: wanted.map((plugin) => ({ key: `plugin:${plugin.source}:${plugin.package}`, ...plugin })),
    // Never an allow list: one id in it switches off every plugin that is not.
    configPatch: { plugins: { entries: Object.fromEntries(wanted.map(({ id }) => [id, { enabled: true }])) } },
  };
}

export const plugins: Feature = {
  id: 'plugins',
  summary: 'plugins of ClawHub and npm, installed before the agent starts and enabled',
  reads: ['plugins'],
  contribute,
};
