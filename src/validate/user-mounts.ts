import type { VolumeMount } from '../generated/openclaw-instance.ts';
import type { Path } from '../parse/source.ts';
import type { Instance } from '../resolve/instance.ts';
import { userContainers } from './user-containers.ts';

export interface PlacedMount {
  readonly mount: VolumeMount;
  readonly path: Path;
}

/** The mounts that one container is given. */
export interface MountList {
  readonly isAgent: boolean;
  readonly mounts: readonly PlacedMount[];
}

function placed(mounts: readonly VolumeMount[] | undefined, ...path: Path): PlacedMount[] {
  return (mounts ?? []).map((mount, index) => ({ mount, path: [...path, index] }));
}

/** The user's mounts of each container, those of the agent first. */
export function mountLists(instance: Instance): MountList[] {
  const { extraVolumeMounts } = instance.spec;
  const lists: MountList[] =
    extraVolumeMounts === undefined ? [] : [{ isAgent: true, mounts: placed(extraVolumeMounts, 'spec', 'extraVolumeMounts') }];
  for (const { container, path } of userContainers(instance)) {
    if (container.volumeMounts !== undefined)
      lists.push({ isAgent: false, mounts: placed(container.volumeMounts, ...path, 'volumeMounts') });
  }
  return lists;
}
