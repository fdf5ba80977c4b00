import type { Instance } from './instance.ts';
import type { OpenClawProfile } from './openclaw-version.ts';
import type { ResolvedImage, ResolvedMetrics } from './resolved.ts';

export function resolveMetrics(instance: Instance, image: ResolvedImage, profile: OpenClawProfile): ResolvedMetrics {
  const metrics = instance.spec.observability?.metrics ?? {};
  return {
    enabled: metrics.enabled ?? true,
    port: metrics.port ?? 9090,
    // Enabled but absent, the plugin is looked for on the network at start: exit 1 after two minutes on 2026.7 and 2026.8.
    exports: image.isOfficial && profile.bundlesMetricsPlugin,
  };
}
