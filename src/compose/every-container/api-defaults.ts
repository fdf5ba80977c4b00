/**
 * Defaults that the API server would fill in, written out: clean diffs under every apply mode, and no surprise when
 * somebody else writes them. The same for the user's containers.
 */
import { podFieldWithDefaults } from '../../kube/pod-fields.ts';
import type { Container, EnvVar, Probe } from '../../kube/types.ts';

function envWithDefaults(entry: EnvVar): EnvVar {
  return entry.valueFrom === undefined ? entry : { ...entry, valueFrom: podFieldWithDefaults(entry.valueFrom) };
}

function probeWithDefaults(probe: Probe): Probe {
  return {
    ...probe,
    ...(probe.httpGet === undefined ? {} : { httpGet: { scheme: 'HTTP', ...probe.httpGet } }),
    timeoutSeconds: probe.timeoutSeconds || 1,
    periodSeconds: probe.periodSeconds || 10,
    successThreshold: probe.successThreshold || 1,
    failureThreshold: probe.failureThreshold || 3,
  };
}

/** As Kubernetes decides it: without a digest, `:latest` or no tag at all means Always; a registry's port is no tag. */
function pullPolicy(image: string): string {
  if (image.includes('@')) return 'IfNotPresent';
  const name = image.slice(image.lastIndexOf('/') + 1);
  return name.endsWith(':latest') || !name.includes(':') ? 'Always' : 'IfNotPresent';
}

export function withApiDefaults(container: Container): Container {
  const { env, ports, livenessProbe, readinessProbe, startupProbe } = container;
  return {
    ...container,
    ...(env === undefined || env.length === 0 ? {} : { env: env.map(envWithDefaults) }),
    ...(ports === undefined ? {} : { ports: ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' })) }),
    ...(livenessProbe === undefined ? {} : { livenessProbe: probeWithDefaults(livenessProbe) }),
    ...(readinessProbe === undefined ? {} : { readinessProbe: probeWithDefaults(readinessProbe) }),
    ...(startupProbe === undefined ? {} : { startupProbe: probeWithDefaults(startupProbe) }),
    imagePullPolicy: container.imagePullPolicy || pullPolicy(container.image ?? ''),
    terminationMessagePath: container.terminationMessagePath || '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy || 'File',
  };
}
