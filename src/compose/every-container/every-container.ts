/** What concerns every container, applied in one place and in this order: registry, lock, hardening, proxy, CA bundle, API defaults. */
import type { Resolved } from '../../resolve/resolved.ts';
import type { PlannedContainer } from '../contribution.ts';
import type { Plan } from '../plan.ts';
import { withApiDefaults } from './api-defaults.ts';
import { caBundleVolume, withCaBundle } from './ca-bundle.ts';
import { hardened } from './harden.ts';
import { withLockedImage } from './lock.ts';
import { proxyVariables, withProxyVariables } from './proxy-variables.ts';
import { withRegistry } from './registry.ts';

export function everyContainer(plan: Plan, resolved: Resolved): Plan {
  const proxy = proxyVariables(resolved.environment.env);

  function finished<T extends PlannedContainer>(planned: T): T {
    const own = planned.origin === 'own';
    let { container } = planned;
    if (own) container = withRegistry(container, resolved.registry);
    container = withLockedImage(container, resolved.imageDigests);
    container = hardened(planned, container, resolved.security.runAsNonRoot);
    if (own && planned.tlsClient !== undefined) container = withProxyVariables(container, proxy);
    if (own) container = withCaBundle(container, resolved.caBundle, planned.tlsClient);
    return { ...planned, container: withApiDefaults(container) };
  }
  const volumes = caBundleVolume(resolved.caBundle);
  return {
    ...plan,
    containers: plan.containers.map(({ owner, item }) => ({ owner, item: finished(item) })),
    initContainers: plan.initContainers.map(({ owner, item }) => ({ owner, item: finished(item) })),
    jobs: plan.jobs.map(({ owner, item }) => ({ owner, item: { ...item, container: finishedJob(item.container) } })),
    volumes: [...plan.volumes, ...volumes.map((item) => ({ owner: 'compose/every-container/ca-bundle', item }))],
  };

  /** A Job's container talks to the API server only, which has a CA of its own. */
  function finishedJob(planned: PlannedContainer): PlannedContainer {
    const container = withLockedImage(withRegistry(planned.container, resolved.registry), resolved.imageDigests);
    return { ...planned, container: withApiDefaults(hardened(planned, container, resolved.security.runAsNonRoot)) };
  }
}
