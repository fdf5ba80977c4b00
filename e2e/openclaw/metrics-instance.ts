/** The instance of the case on an image of this version and variant. */
export function metricsInstance(version: string, variant: '' | '-slim'): object {
  return {
    apiVersion: 'openclaw.rocks/v1alpha1',
    kind: 'OpenClawInstance',
    metadata: { name: 'ada', namespace: 'agents' },
    spec: {
      image: { tag: `${version}${variant}` },
      observability: {
        metrics: {
          serviceMonitor: { enabled: true, interval: '1s' },
          prometheusRule: { enabled: true },
          grafanaDashboard: { enabled: true },
        },
      },
    },
  };
}
