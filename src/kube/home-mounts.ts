import { HOME_DIRECTORIES, HOME_PATH } from './paths.ts';
import type { VolumeMount } from './types.ts';

/** The directories beside the state that tools write to, each from the data volume. */
export const HOME_MOUNTS: readonly VolumeMount[] = HOME_DIRECTORIES.map((directory) => ({
  name: 'data',
  mountPath: `${HOME_PATH}/${directory}`,
  subPath: directory,
}));
