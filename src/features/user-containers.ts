/** The user's own sidecars, init containers and volumes. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import type { Resolved } from '../resolve/resolved.ts';

function contribute({ userContainers }: Resolved): Contribution {
  return {
    containers: userContainers.sidecars.map((container) => ({ container, origin: 'user' })),
    initContainers: userContainers.initContainers.map((container) => ({ container, origin: 'user', phase: 'user' })),
    volumes: [...userContainers.sidecarVolumes, ...userContainers.extraVolumes],
    main: { mounts: userContainers.extraVolumeMounts },
  };
}

export const userContainers: Feature = {
  id: 'user-containers',
  summary: "the user's own sidecars, init containers and volumes",
  reads: ['sidecars', 'initContainers', 'sidecarVolumes', 'extraVolumes', 'extraVolumeMounts'],
  comesLast: true,
  contribute,
};
