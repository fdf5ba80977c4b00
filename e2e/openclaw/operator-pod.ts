import type { StatefulSet } from '../../src/kube/types.ts';

const CONFIG = { gateway: { auth: { mode: 'token' }, bind: 'loopback', mode: 'local' } };
const READY = "fetch('http://127.0.0.1:18789/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))";

/**
 * A pod as the operator makes it, as far as the volume can tell: the state is the volume's root, which belongs to root and the pod's
 * group, and three more of its directories are mounted by subPath, made by the kubelet. Leaves the volume that ours must adopt.
 */
export function operatorStatefulSet(ours: StatefulSet): StatefulSet {
  const pod = ours.spec?.template.spec;
  const openclaw = pod?.containers.find(({ name }) => name === 'openclaw');
  const claim = pod?.volumes?.find(({ name }) => name === 'data')?.persistentVolumeClaim;
  const token = openclaw?.env?.find(({ name }) => name === 'OPENCLAW_GATEWAY_TOKEN');
  if (!openclaw || !claim || !token) throw new Error('the rendered StatefulSet has no openclaw container with data and token');
  const { image } = openclaw;
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };
  const seed = `require('fs').writeFileSync('/data/openclaw.json', ${JSON.stringify(JSON.stringify(CONFIG))})`;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'ada', namespace: 'agents' },
    spec: {
      selector: {},
      serviceName: 'ada',
      template: {
        spec: {
          securityContext: { fsGroup: 1000, runAsGroup: 1000, runAsUser: 1000, runAsNonRoot: true },
          terminationGracePeriodSeconds: 30,
          initContainers: [
            {
              name: 'init-config',
              ...(image ? { image } : {}),
              command: ['node', '-e', seed],
              securityContext,
              volumeMounts: [{ name: 'data', mountPath: '/data' }],
            },
          ],
          containers: [
            {
              name: 'openclaw',
              ...(image ? { image } : {}),
              env: [{ name: 'HOME', value: '/home/openclaw' }, { name: 'OPENCLAW_DISABLE_BONJOUR', value: '1' }, token],
              readinessProbe: { exec: { command: ['node', '-e', READY] }, timeoutSeconds: 5, periodSeconds: 5, failureThreshold: 60 },
              securityContext,
              volumeMounts: [
                { name: 'data', mountPath: '/home/openclaw/.openclaw' },
                { name: 'data', mountPath: '/home/openclaw/.local', subPath: '.local' },
                { name: 'data', mountPath: '/home/openclaw/.cache', subPath: '.cache' },
                { name: 'data', mountPath: '/home/openclaw/.config', subPath: '.config' },
                { name: 'tmp', mountPath: '/tmp' },
              ],
            },
          ],
          volumes: [
            { name: 'data', persistentVolumeClaim: claim },
            { name: 'tmp', emptyDir: {} },
          ],
        },
      },
    },
  };
}
