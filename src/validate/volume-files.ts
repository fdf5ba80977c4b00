import type { Volume } from '../generated/openclaw-instance.ts';
import type { Path } from '../parse/source.ts';

export type Projection = NonNullable<NonNullable<Volume['projected']>['sources']>[number];

/** A file that a volume is to have, and where it is asked for. */
export interface VolumeFile {
  readonly text: string;
  readonly path: Path;
}

/** What a source in `path` lists by itself; keys that are taken over under their own names are not known. */
export function filesOfItems(items: readonly { readonly path: string }[] | undefined, path: Path): VolumeFile[] {
  return (items ?? []).map((item, index) => ({ text: item.path, path: [...path, 'items', index, 'path'] }));
}

export function filesOfSource(source: Projection, path: Path): VolumeFile[] {
  const { serviceAccountToken, clusterTrustBundle } = source;
  return [
    ...filesOfItems(source.configMap?.items, [...path, 'configMap']),
    ...filesOfItems(source.secret?.items, [...path, 'secret']),
    ...filesOfItems(source.downwardAPI?.items, [...path, 'downwardAPI']),
    ...(serviceAccountToken === undefined ? [] : [{ text: serviceAccountToken.path, path: [...path, 'serviceAccountToken', 'path'] }]),
    ...(clusterTrustBundle === undefined ? [] : [{ text: clusterTrustBundle.path, path: [...path, 'clusterTrustBundle', 'path'] }]),
  ];
}
