/** The instance of every case: one agent of this spec on an image of this version. */
export function instance(version: string, spec: object): object {
  return {
    apiVersion: 'openclaw.rocks/v1alpha1',
    kind: 'OpenClawInstance',
    metadata: { name: 'ada', namespace: 'agents' },
    // Like the slim images, the npm package lacks the metrics plugin, without which its configuration would not start.
    spec: { image: { tag: `${version}-slim` }, ...spec },
  };
}
