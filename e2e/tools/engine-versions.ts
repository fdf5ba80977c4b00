/** Releases that install/ is tried on. What documents and the modules of tools say of them is held to this by test/self/engine-versions.test.ts. */

/** Of Argo CD: the newest, and the oldest that has what the examples need but the Source Hydrator. */
export const ARGOCD_VERSIONS = { newest: 'v3.6.1', oldest: 'v3.1.16' } as const;

/** Of Flux's controllers. */
export const FLUX_VERSIONS = { 'source-controller': 'v1.9.5', 'kustomize-controller': 'v1.9.5' } as const;

/** Of the Argo CD Operator. */
export const ARGOCD_OPERATOR_VERSION = 'v0.17.0';
