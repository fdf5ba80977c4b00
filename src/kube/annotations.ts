/** Annotations that both GitOps engines read; measured with the real Argo CD and Flux. */
export type Annotations = Readonly<Record<string, string>>;

/** Keeps an object when its instance leaves Git, and quiet about it. */
export const KEEP_ON_PRUNE: Annotations = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

/** Client-side apply copies the object into an annotation of at most 262,144 bytes. */
export const SERVER_SIDE_APPLY: Annotations = { 'argocd.argoproj.io/sync-options': 'ServerSideApply=true' };

const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

/** `annotations` with one more of Argo CD's sync options, which share one annotation. */
export function withSyncOption(annotations: Annotations, option: string): Annotations {
  const options = annotations[SYNC_OPTIONS];
  return { ...annotations, [SYNC_OPTIONS]: options === undefined ? option : `${options},${option}` };
}

/** Flux leaves `${…}` and `$$` in this object alone. */
export const NO_FLUX_SUBSTITUTION: Annotations = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };

export const CONFIG_HASH = 'openclaw.rocks/config-hash';
export const SECRET_HASH = 'openclaw.rocks/secret-hash';
