import type { Instance } from './instance.ts';
import type { ResolvedService } from './resolved.ts';

export function resolveService(instance: Instance): ResolvedService {
  const service = instance.spec.networking?.service ?? {};
  return {
    type: service.type ?? 'ClusterIP',
    annotations: service.annotations ?? {},
    customPorts: (service.ports ?? []).map(({ name, port, targetPort, protocol }) => ({
      name,
      port,
      targetPort: targetPort ?? port,
      protocol: protocol ?? 'TCP',
    })),
  };
}
