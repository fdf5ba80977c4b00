/** The data volume and its layout, the agent's own `/tmp`, and the claim. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { HOME_DIRECTORIES, HOME_PATH, STATE_DIRECTORY, STATE_PATH } from '../kube/paths.ts';
import type { Resolved } from '../resolve/resolved.ts';

const TMP_DIRECTORY = 'private';
/** Bundled plugins resolve the package `openclaw` through this link, to the image that runs and not to a stale copy (POD-175). */
const RUNTIME_LINK = { volume: 'data', path: `${STATE_DIRECTORY}/plugin-runtime-deps/node_modules/openclaw`, target: '/app' };

function contribute({ storage }: Resolved): Contribution {
  return {
    volumes: [
      storage.persistent
        ? { name: 'data', persistentVolumeClaim: { claimName: storage.claimName } }
        : { name: 'data', emptyDir: { sizeLimit: storage.size } },
      { name: 'tmp', emptyDir: { sizeLimit: '4Gi' } },
    ],
    directories: [
      ...HOME_DIRECTORIES.map((path) => ({ volume: 'data', path, mode: '0700' })),
      { volume: 'data', path: `${STATE_DIRECTORY}/plugin-runtime-deps/node_modules`, mode: '0700' },
      // A /tmp that others may write to without a sticky bit blocks skill installs.
      { volume: 'tmp', path: TMP_DIRECTORY, mode: '0700' },
    ],
    links: [RUNTIME_LINK],
    main: {
      mounts: [
        { name: 'data', mountPath: STATE_PATH, subPath: STATE_DIRECTORY },
        ...HOME_DIRECTORIES.map((directory) => ({ name: 'data', mountPath: `${HOME_PATH}/${directory}`, subPath: directory })),
        { name: 'tmp', mountPath: '/tmp', subPath: TMP_DIRECTORY },
      ],
    },
    claims: storage.rendersClaim
      ? [
          {
            name: storage.claimName,
            size: storage.size,
            storageClass: storage.storageClass,
            accessModes: storage.accessModes,
            // The wish that the claim goes with its instance is only noted: that takes a verified backup first.
            annotations: {
              'openclaw.rocks/backup-enabled': 'true',
              ...(storage.orphan ? {} : { 'gitops.openclaw.rocks/orphan': 'false' }),
            },
          },
        ]
      : [],
  };
}

export const storage: Feature = {
  id: 'storage',
  summary: 'the claim, state and home directories on it, and adoption of an older layout',
  reads: ['storage.persistence'],
  contribute,
};
