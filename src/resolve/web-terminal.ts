import { builtInImage } from './image.ts';
import type { Instance } from './instance.ts';
import type { ResolvedResources } from './resolved.ts';
import { resourcesWithDefaults } from './resources.ts';

export interface ResolvedWebTerminal {
  /** Full reference, with digest when pinned, before the registry override. */
  readonly image: string;
  readonly resources: ResolvedResources;
  /** True when it shows the agent's files and takes no input. */
  readonly readOnly: boolean;
  /** Secret with the keys `username` and `password`; null when the terminal asks nobody. */
  readonly credentialSecret: string | null;
}

/** On loopback, inside the pod only. */
export const WEB_TERMINAL_PORT = 7681;
const REPOSITORY = 'docker.io/tsl0922/ttyd';
const RESOURCES: ResolvedResources = { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } };

/** Null when no terminal is asked for. */
export function resolveWebTerminal({ spec }: Instance): ResolvedWebTerminal | null {
  const { webTerminal } = spec;
  if (webTerminal?.enabled !== true) return null;
  return {
    image: builtInImage(webTerminal.image ?? {}, REPOSITORY),
    resources: resourcesWithDefaults(webTerminal.resources ?? {}, RESOURCES),
    readOnly: webTerminal.readOnly ?? false,
    credentialSecret: webTerminal.credential?.secretRef.name ?? null,
  };
}
