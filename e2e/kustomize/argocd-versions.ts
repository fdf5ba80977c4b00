/** Releases of Argo CD that install/argocd is tried on: the newest, and the oldest that has what the examples need but the Source Hydrator. */
export const ARGOCD_VERSIONS = { newest: 'v3.6.1', oldest: 'v3.1.16' } as const;
