import type { FillSecretsPlan } from '../../src/lib/pod-plan.ts';
import type { StatefulSet } from '../../src/kube/types.ts';
import { newValues } from '../../src/pod/fill-secrets/new-values.ts';
import type { LiveSecret } from '../../src/pod/fill-secrets/secret.ts';
import { contentOf, type ClusterObjects } from '../pod-runner/cluster-objects.ts';

/** Does what the rendered Job would do, with its own code: fills the Secrets that its plan names. The Job itself is tried against a real API server elsewhere. */
export function fillSecrets(objects: ClusterObjects): void {
  const [text] = objects.all('ConfigMap').flatMap((configMap) => contentOf(configMap).get('fill-secrets.json') ?? []);
  if (!text) {
    if (objects.all('Job').length > 0) throw new Error('no ConfigMap has the plan for the Secrets');
    return;
  }
  const plan = JSON.parse(text.toString()) as FillSecretsPlan;
  const filled = new Map<string, LiveSecret>();
  for (const wanted of plan.secrets) {
    const secret = objects.get('Secret', wanted.name);
    const live: LiveSecret = { resourceVersion: '1', isImmutable: false, data: new Map(Object.entries(secret.data ?? {})), ownedKeys: [] };
    const data = new Map([...live.data, ...newValues(live, wanted, filled)]);
    filled.set(wanted.name, { ...live, data });
    objects.put({ ...secret, data: Object.fromEntries(data) } as Parameters<ClusterObjects['put']>[0]);
  }
}

/** The token that the gateway's own environment refers to. */
export function gatewayToken(objects: ClusterObjects, statefulSet: StatefulSet): string {
  const container = statefulSet.spec?.template.spec?.containers.find(({ name }) => name === 'openclaw');
  const reference = container?.env?.find(({ name }) => name === 'OPENCLAW_GATEWAY_TOKEN')?.valueFrom?.secretKeyRef;
  const token = reference && contentOf(objects.get('Secret', reference.name ?? '')).get(reference.key);
  if (!token) throw new Error('the gateway gets no token');
  return token.toString();
}
