import type { Container } from '../generated/openclaw-instance.ts';
import type { Path } from '../parse/source.ts';
import type { Instance } from '../resolve/instance.ts';

export interface UserContainer {
  readonly container: Container;
  readonly path: Path;
  /** True when it keeps running beside the agent. */
  readonly isLongRunning: boolean;
}

const NONE: readonly UserContainer[] = [];

/** The user's own containers with their places: sidecars first, then init containers. */
export function userContainers({ spec }: Instance): readonly UserContainer[] {
  const { sidecars, initContainers } = spec;
  if (sidecars === undefined && initContainers === undefined) return NONE;
  return [
    ...(sidecars ?? []).map((container, index) => ({ container, path: ['spec', 'sidecars', index], isLongRunning: true })),
    ...(initContainers ?? []).map((container, index) => ({
      container,
      path: ['spec', 'initContainers', index],
      isLongRunning: container.restartPolicy === 'Always',
    })),
  ];
}
