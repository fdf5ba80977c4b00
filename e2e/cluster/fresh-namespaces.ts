import { manifestsOfYaml } from './manifest.ts';
import type { Manifest } from './manifest.ts';

/** The same rendered objects in namespaces that nobody used before; what their contents say about namespaces may stay. */
export function inFreshNamespaces(manifests: readonly Manifest[], prefix: string): readonly Manifest[] {
  return manifests.map(({ id, object, text }) => {
    const key = object.kind === 'Namespace' ? 'name' : 'namespace';
    const old = object.metadata[key];
    if (old === undefined) throw new Error(`${id} is in no namespace`);
    const [moved, more] = manifestsOfYaml(text.replace(new RegExp(`^  ${key}: ${old}$`, 'gm'), `  ${key}: ${prefix}-${old}`));
    if (!moved || more || moved.object.metadata[key] !== `${prefix}-${old}`) throw new Error(`${id} stays in its namespace`);
    return moved;
  });
}

/** Namespaces that the objects are in and that are not among them. */
export function missingNamespaces(manifests: readonly Manifest[]): ReadonlySet<string> {
  const rendered = new Set(manifests.filter(({ object }) => object.kind === 'Namespace').map(({ object }) => object.metadata.name));
  return new Set(manifests.flatMap(({ object }) => object.metadata.namespace ?? []).filter((name) => !rendered.has(name)));
}

/** Namespaces that are among the objects. */
export function renderedNamespaces(manifests: readonly Manifest[]): readonly Manifest[] {
  return manifests.filter(({ object }) => object.kind === 'Namespace');
}
