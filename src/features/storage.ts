/** The data volume and its layout, the agent's own `/tmp`, and the claim. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { HOME_MOUNTS } from '../kube/home-mounts.ts';
import { HOME_DIRECTORIES, STATE_DIRECTORY, STATE_PATH } from '../kube/paths.ts';
import type { Volume } from '../kube/types.ts';
import type { Resolved, ResolvedStorage } from '../resolve/resolved.ts';

const TMP_DIRECTORY = 'private';
/** Bundled plugins resolve the package `openclaw` through this link, to the image that runs and not to a stale copy (POD-175). */
const RUNTIME_LINK = { volume: 'data', path: `${STATE_DIRECTORY}/plugin-runtime-deps/node_modules/openclaw`, target: '/app' };

/** None where the StatefulSet adds it by a template. */
function dataVolume({ claimName, persistent, perReplica, size }: ResolvedStorage): Volume[] {
  if (perReplica) return [];
  return [persistent ? { name: 'data', persistentVolumeClaim: { claimName } } : { name: 'data', emptyDir: { sizeLimit: size } }];
}

function claimOf(storage: ResolvedStorage): Pick<Contribution, 'claims' | 'claimTemplates'> {
  const { accessModes, claimName, orphan, perReplica, rendersClaim, size, storageClass } = storage;
  if (!rendersClaim) return {};
  if (perReplica) return { claimTemplates: [{ name: 'data', size, storageClass, accessModes }] };
  // The wish that the claim goes with its instance is only noted: that takes a verified backup first.
  const annotations = { 'openclaw.rocks/backup-enabled': 'true', ...(orphan ? {} : { 'gitops.openclaw.rocks/orphan': 'false' }) };
  return { claims: [{ name: claimName, size, storageClass, accessModes, annotations }] };
}

function contribute({ storage }: Resolved): Contribution {
  return {
    volumes: [...dataVolume(storage), { name: 'tmp', emptyDir: { sizeLimit: '4Gi' } }],
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
        ...HOME_MOUNTS,
        { name: 'tmp', mountPath: '/tmp', subPath: TMP_DIRECTORY },
      ],
    },
    ...claimOf(storage),
  };
}

export const storage: Feature = {
  id: 'storage',
  summary: 'the claim, state and home directories on it, and adoption of an older layout',
  reads: ['storage.persistence', 'availability.autoScaling'],
  contribute,
};
