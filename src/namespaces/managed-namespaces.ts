/**
 * Namespaces that instances ask for, each rendered once: at the level that was asked, or at the strictest that admits the pods of
 * all its instances. Comes after the rules and looks at built objects, since only those tell what a pod is.
 */
import { POD_SECURITY_LEVELS, podSecurity, type PodSecurityLevel } from '../kube/pod-security.ts';
import type { KubeObject } from '../kube/types.ts';
import type { Instance } from '../resolve/instance.ts';
import { namespaceLevel } from '../resolve/namespace-level.ts';
import { namespaceObjects } from './namespace-objects.ts';
import { needsOf, NO_NEEDS, podOf, sum } from './needs.ts';

export interface ManagedNamespace {
  readonly name: string;
  readonly level: PodSecurityLevel;
  /** Who asks for it, and the level it asks for. */
  readonly asking: { readonly instance: Instance; readonly level: PodSecurityLevel };
  /** What keeps the namespace from that level; null when nothing does. */
  readonly obstacle: { readonly instance: Instance; readonly reason: string } | null;
  readonly objects: readonly KubeObject[];
}

/** In the order of `instances`, which are sorted; `objectsOf` builds one of them. */
export function managedNamespaces(instances: readonly Instance[], objectsOf: (index: number) => readonly KubeObject[]): ManagedNamespace[] {
  const managed: ManagedNamespace[] = [];
  for (const name of new Set(instances.map(({ namespace }) => namespace))) {
    const asking = instances.find((instance) => instance.namespace === name && namespaceLevel(instance) !== undefined);
    const wanted = asking === undefined ? undefined : namespaceLevel(asking);
    if (asking !== undefined && wanted !== undefined) managed.push(managedNamespace(name, asking, wanted));
  }
  return managed;

  function managedNamespace(name: string, asking: Instance, wanted: PodSecurityLevel): ManagedNamespace {
    let needs = NO_NEEDS;
    let level = wanted;
    let obstacle: ManagedNamespace['obstacle'] = null;
    for (const [index, instance] of instances.entries()) {
      if (instance.namespace !== name) continue;
      const objects = objectsOf(index);
      needs = sum(needs, needsOf(objects));
      for (const object of objects) {
        const pod = podOf(object);
        if (pod === null) continue;
        const fits = podSecurity(pod.spec, pod.annotations);
        if (POD_SECURITY_LEVELS.indexOf(fits.level) <= POD_SECURITY_LEVELS.indexOf(level)) continue;
        level = fits.level;
        obstacle = { instance, reason: fits.reasons[0] ?? '' };
      }
    }
    return { name, level, asking: { instance: asking, level: wanted }, obstacle, objects: namespaceObjects(name, level, needs) };
  }
}
