/** What the engines themselves write into the objects that they apply: with it in ours, an apply in their name takes nothing of it away. */
import type { KubeObject } from '../kube/types.ts';
import type { LiveObject } from './live-object.ts';
import type { Engine } from './observed.ts';

const MARKS: Readonly<Record<Engine, { readonly labels: readonly string[]; readonly annotations: readonly string[] }>> = {
  argocd: { labels: [], annotations: ['argocd.argoproj.io/tracking-id', 'argocd.argoproj.io/installation-id'] },
  flux: { labels: ['kustomize.toolkit.fluxcd.io/name', 'kustomize.toolkit.fluxcd.io/namespace'], annotations: [] },
  kubectl: { labels: [], annotations: [] },
};

export function withEngineMarks(object: KubeObject, live: LiveObject | undefined, engine: Engine): KubeObject {
  if (live === undefined) return object;
  const labels = marksOf(live.metadata.labels, MARKS[engine].labels);
  const annotations = marksOf(live.metadata.annotations, MARKS[engine].annotations);
  const metadata = {
    ...object.metadata,
    ...(labels === null ? {} : { labels: { ...object.metadata.labels, ...labels } }),
    ...(annotations === null ? {} : { annotations: { ...object.metadata.annotations, ...annotations } }),
  };
  return { ...object, metadata };
}

function marksOf(values: Readonly<Record<string, string>> = {}, names: readonly string[]): Record<string, string> | null {
  const found = Object.entries(values).filter(([name]) => names.includes(name));
  return found.length === 0 ? null : Object.fromEntries(found);
}
