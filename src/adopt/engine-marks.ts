/** What the engines themselves write into the objects that they apply: with it in ours, an apply in their name takes nothing of it away. */
import type { KubeObject } from '../kube/types.ts';
import type { LiveObject } from './live-object.ts';
import { ownership } from './managed-fields.ts';
import { ENGINES, type Engine } from './observed.ts';

interface Marks {
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
  /** Labels that are rendered too, and that the engine writes something else into. */
  readonly overwritten: readonly string[];
}

const MARKS: Readonly<Record<Engine, Marks>> = {
  argocd: {
    // Argo CD tells its objects by an annotation, by the label of applications, or by another label that people choose instead of that.
    labels: ['argocd.argoproj.io/instance'],
    annotations: ['argocd.argoproj.io/tracking-id', 'argocd.argoproj.io/installation-id'],
    overwritten: ['app.kubernetes.io/instance'],
  },
  flux: { labels: ['kustomize.toolkit.fluxcd.io/name', 'kustomize.toolkit.fluxcd.io/namespace'], annotations: [], overwritten: [] },
  kubectl: { labels: [], annotations: [], overwritten: [] },
};

/**
 * The rendered object as that engine would apply it, as far as the live one tells. What somebody else has written where the engine has its
 * marks is none, and what the engine has written by updates stays when an apply does not say it.
 */
export function withEngineMarks(object: KubeObject, live: LiveObject | undefined, engine: Engine): KubeObject {
  if (live === undefined) return object;
  const marks = MARKS[engine];
  const owned = (map: 'labels' | 'annotations', name: string): 'Apply' | 'Update' | null => ownership(live, ENGINES[engine], map, name);
  const applied = (map: 'labels' | 'annotations', names: readonly string[]): Record<string, string> =>
    Object.fromEntries(Object.entries(live.metadata[map] ?? {}).filter(([name]) => names.includes(name) && owned(map, name) === 'Apply'));
  const labels = applied('labels', [...marks.labels, ...marks.overwritten]);
  const annotations = applied('annotations', marks.annotations);
  const unsaid = new Set(marks.overwritten.filter((name) => owned('labels', name) === 'Update'));
  const ours = Object.entries(object.metadata.labels ?? {}).filter(([name]) => !unsaid.has(name));
  const metadata = {
    ...object.metadata,
    ...(object.metadata.labels === undefined && isEmpty(labels) ? {} : { labels: { ...Object.fromEntries(ours), ...labels } }),
    ...(isEmpty(annotations) ? {} : { annotations: { ...object.metadata.annotations, ...annotations } }),
  };
  return { ...object, metadata };
}

function isEmpty(map: Readonly<Record<string, string>>): boolean {
  return Object.keys(map).length === 0;
}
