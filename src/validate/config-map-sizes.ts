import { utf8Bytes } from '../kube/config-map-size.ts';
import { PACK_PREFIX } from '../lib/pack-reference.ts';
import type { Path } from '../parse/source.ts';
import type { RuleContext } from './rule.ts';
import { skillPlaces } from './skill-places.ts';

/** A ConfigMap of the instance that grows with what the user writes. */
export interface ConfigMapSize {
  readonly what: string;
  /** The user's part in UTF-8. */
  readonly bytes: number;
  readonly path: Path;
}

/** How much of any ConfigMap may be ours, rounded up: the files that each workspace gets, what the configuration is enriched with. */
export const OWN_BYTES = 16_384;

/** The sizes of the ConfigMaps that can become large, without what we add to them. */
export function configMapSizes({ instance, resolved }: RuleContext): ConfigMapSize[] {
  const sizes: ConfigMapSize[] = [];
  if (instance.spec.workspace !== undefined) {
    const files = resolved.workspaces.flatMap((workspace) => workspace.files);
    const bytes = files.reduce((sum, { path, text }) => sum + utf8Bytes(path) + utf8Bytes(text), 0);
    sizes.push({ what: 'workspace files', bytes, path: ['spec', 'workspace'] });
  }
  const packFiles = new Map(resolved.packs.workspaces.flatMap(({ files }) => files.map(({ key, text }) => [key, text])));
  const pack = skillPlaces(instance.spec).find(({ name }) => name.startsWith(PACK_PREFIX));
  if (packFiles.size > 0) {
    const bytes = [...packFiles].reduce((sum, [key, text]) => sum + key.length + utf8Bytes(text), 0);
    sizes.push({ what: 'files of skill packs', bytes, path: pack?.path ?? ['spec'] });
  }
  if (instance.spec.config !== undefined) {
    sizes.push({ what: 'configuration', bytes: utf8Bytes(JSON.stringify(resolved.config.base, null, 2)), path: ['spec', 'config'] });
  }
  return sizes;
}
