import { randomBytes } from 'node:crypto';
import type { FillSecretsPlan } from '../../src/lib/pod-plan.ts';
import type { StatefulSet } from '../../src/kube/types.ts';
import { contentOf, type ClusterObjects } from '../pod-runner/cluster-objects.ts';

/** Does what the rendered Job would do: fills the Secrets that its plan names. The Job itself is tried against a real API server elsewhere. */
export function fillSecrets(objects: ClusterObjects): void {
  const [text] = objects.all('ConfigMap').flatMap((configMap) => contentOf(configMap).get('fill-secrets.json') ?? []);
  if (!text) {
    if (objects.all('Job').length > 0) throw new Error('no ConfigMap has the plan for the Secrets');
    return;
  }
  const plan = JSON.parse(text.toString()) as FillSecretsPlan;
  for (const { name, keys } of plan.secrets) {
    const secret = objects.get('Secret', name);
    const data = Object.fromEntries(
      keys.map(({ key, randomBytes: size }) => [key, Buffer.from(randomBytes(size).toString('hex')).toString('base64')]),
    );
    objects.put({ ...secret, apiVersion: 'v1', kind: 'Secret', metadata: { name }, data } as Parameters<ClusterObjects['put']>[0]);
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
