import type { Volume } from '../generated/openclaw-instance.ts';
import type { Path } from '../parse/source.ts';
import type { Instance } from '../resolve/instance.ts';

export interface UserVolume {
  readonly volume: Volume;
  readonly path: Path;
}

const NONE: readonly UserVolume[] = [];

/** The user's own volumes with their places. */
export function userVolumes({ spec }: Instance): readonly UserVolume[] {
  const { sidecarVolumes, extraVolumes } = spec;
  if (sidecarVolumes === undefined && extraVolumes === undefined) return NONE;
  return [
    ...(sidecarVolumes ?? []).map((volume, index) => ({ volume, path: ['spec', 'sidecarVolumes', index] })),
    ...(extraVolumes ?? []).map((volume, index) => ({ volume, path: ['spec', 'extraVolumes', index] })),
  ];
}

/** Fields of a volume that name a source: everything but its name. */
export function volumeSources(volume: Volume): string[] {
  return Object.keys(volume).filter((field) => field !== 'name');
}
