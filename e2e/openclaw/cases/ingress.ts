import { binary } from '../../tools/binary.ts';
import { NODE_ADDRESS } from '../../pod-runner/pod-network.ts';
import type { AgentCase } from '../agent-case.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { ingressLockOut } from '../checks/ingress-lock-out.ts';
import { ingressLogin } from '../checks/ingress-login.ts';
import { ingressOrigin } from '../checks/ingress-origin.ts';
import { ingressRateLimit } from '../checks/ingress-rate-limit.ts';
import { ingressUpload } from '../checks/ingress-upload.ts';
import { INGRESS_HOST, ingressController } from '../ingress-controller.ts';
import { instance } from '../instance.ts';

const INGRESS = {
  enabled: true,
  className: 'nginx',
  hosts: [{ host: INGRESS_HOST }],
  tls: [{ hosts: [INGRESS_HOST], secretName: 'ada-tls' }],
  security: { basicAuth: { enabled: true, username: 'ana', realm: 'Agents' }, rateLimiting: { requestsPerSecond: 20 } },
};

/** Behind an Ingress controller that asks for a login. */
export const ingressCase: AgentCase = {
  name: 'ingress',
  instance: (version) => {
    const object = instance(version, { networking: { ingress: INGRESS } }) as { readonly metadata: object };
    const annotations = { 'gitops.openclaw.rocks/ingress-cidrs': `${NODE_ADDRESS}/32` };
    return { ...object, metadata: { ...object.metadata, annotations } };
  },
  packages: { openssl: 'openssl' },
  install: async () => await binary('ingress-nginx-settings'),
  beyondPod: async (objects) => [await ingressController(objects)],
  leftOut: ['otel-collector'],
  checks: [...ON_START, ingressLogin, ingressOrigin, ingressLockOut, ingressUpload, ingressRateLimit, ...ON_END],
};
