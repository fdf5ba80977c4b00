/** Checks of the namespaces that are rendered, against the pods that are to run in them. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PodSecurityLevel } from '../kube/pod-security.ts';
import { INSTANCE_ANNOTATIONS, type Instance } from '../resolve/instance.ts';
import { safelyQuoted } from './safely-quoted.ts';

export interface JudgedNamespace {
  readonly name: string;
  /** The level that it gets. */
  readonly level: PodSecurityLevel;
  /** Who asks for it, and the level it asks for. */
  readonly asking: { readonly instance: Instance; readonly level: PodSecurityLevel };
  /** What keeps it from that level; null when nothing does. */
  readonly obstacle: { readonly instance: Instance; readonly reason: string } | null;
}

export function checkNamespaces(namespaces: readonly JudgedNamespace[]): Diagnostic[] {
  return namespaces.flatMap(({ name, level, asking, obstacle }): Diagnostic[] => {
    if (obstacle === null) return [];
    const whose = obstacle.instance === asking.instance ? 'here' : `in ${safelyQuoted(obstacle.instance.name)}`;
    return [
      {
        severity: 'warning',
        rule: 'namespace-level-lowered',
        message: `namespace ${safelyQuoted(name)} gets the level "${level}" instead of "${asking.level}": ${whose}, ${obstacle.reason}`,
        hint: `mend that, or say "${level}"`,
        location: asking.instance.source.locate(['metadata', 'annotations', INSTANCE_ANNOTATIONS.namespace]),
      },
    ];
  });
}
