/** The releases that judge the manifests: the newest of each range of configuration keys that the renderer knows. */
export const OPENCLAW_VERSIONS = ['2026.7.1', '2026.8.2', '2026.9.6'] as const;

/** The release that the golden cases name. */
export const NEWEST = '2026.9.6' satisfies (typeof OPENCLAW_VERSIONS)[number];
