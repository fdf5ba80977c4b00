import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { podSecurity } from '../../src/kube/pod-security.ts';
import type { Container, KubeObject, PodSpec } from '../../src/kube/types.ts';
import { podOf } from '../../src/namespaces/needs.ts';
import { caseInput, goldenCases } from '../golden/golden-case.ts';
import { caseOutcome } from '../golden/outcome.ts';
import { relaxationsOf } from '../golden/pod-security.ts';

const HARDENED: Container = {
  name: 'main',
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

function pod(context: object, rest: object = {}): PodSpec {
  return { containers: [{ ...HARDENED, securityContext: { ...HARDENED.securityContext, ...context } }], ...rest };
}

/** Newer than the types, as users write them. */
const untyped = (value: object): PodSpec => value as PodSpec;

const cases: readonly (readonly [title: string, pod: PodSpec, level: string, reason: string])[] = [
  ['privileged', pod({ privileged: true }), 'privileged', 'container "main" is privileged'],
  [
    'a capability of the kernel',
    pod({ capabilities: { add: ['CHOWN', 'NET_ADMIN'], drop: ['ALL'] } }),
    'privileged',
    'container "main" has the capabilities NET_ADMIN',
  ],
  ['the network of the node', pod({}, { hostNetwork: true }), 'privileged', 'the pod has hostNetwork'],
  [
    'a directory of the node',
    pod({}, { volumes: [{ name: 'v', hostPath: { path: '/' } }] }),
    'privileged',
    'volume "v" is a directory of the node',
  ],
  [
    'a port of the node',
    { containers: [{ ...HARDENED, ports: [{ containerPort: 80, hostPort: 80 }] }] },
    'privileged',
    'container "main" takes a port of the node',
  ],
  ['SELinux', pod({ seLinuxOptions: { type: 'spc_t' } }), 'privileged', 'container "main" sets SELinux options'],
  ['/proc', pod({ procMount: 'Unmasked' }), 'privileged', 'container "main" sees /proc unmasked'],
  ['no seccomp', pod({ seccompProfile: { type: 'Unconfined' } }), 'privileged', 'container "main" has no seccomp profile'],
  ['no AppArmor', pod({ appArmorProfile: { type: 'Unconfined' } }), 'privileged', 'container "main" has no AppArmor profile'],
  [
    'an unsafe sysctl',
    pod({}, { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }),
    'privileged',
    'the pod sets kernel.msgmax',
  ],
  [
    'a probe of another host',
    { containers: [{ ...HARDENED, livenessProbe: { httpGet: { port: 80, host: '10.0.0.1' } } }] },
    'privileged',
    'container "main" has a probe or hook that names a host',
  ],
  [
    'an init container',
    untyped({ ...pod({}), initContainers: [{ name: 'first', securityContext: { privileged: true } }] }),
    'privileged',
    'container "first" is privileged',
  ],
  ['nothing said', { containers: [{ name: 'main' }] }, 'baseline', 'container "main" may gain privileges'],
  [
    'an allowed capability',
    pod({ capabilities: { add: ['CHOWN'], drop: ['ALL'] } }),
    'baseline',
    'container "main" has the capabilities CHOWN',
  ],
  ['root', pod({ runAsUser: 0 }), 'baseline', 'container "main" runs as user 0'],
  ['root by the pod', pod({}, { securityContext: { runAsUser: 0 } }), 'baseline', 'the pod runs as user 0'],
  ['maybe root', pod({ runAsNonRoot: false }), 'baseline', 'container "main" may run as root'],
  ['kept capabilities', pod({ capabilities: {} }), 'baseline', 'container "main" keeps capabilities'],
  [
    'NFS',
    pod({}, { volumes: [{ name: 'v', nfs: { path: '/', server: 'x' } }] }),
    'baseline',
    'volume "v" is of a kind that reaches the node or the network',
  ],
  ['hardened', pod({}), 'restricted', ''],
  [
    'hardened by the pod',
    {
      containers: [{ name: 'main', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    },
    'restricted',
    '',
  ],
  ['a low port', pod({ capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } }), 'restricted', ''],
  ['files of an image', untyped({ ...pod({}), volumes: [{ name: 'v', image: { reference: 'x' } }] }), 'restricted', ''],
];

describe('Pod Security', () => {
  for (const [title, spec, level, reason] of cases) {
    test(`${title} is ${level}`, () => {
      const found = podSecurity(spec);
      assert.deepEqual([found.level, found.reasons[0] ?? ''], [level, reason]);
    });
  }

  test('AppArmor of old stands in annotations', () => {
    const key = 'container.apparmor.security.beta.kubernetes.io/main';
    assert.equal(podSecurity(pod({}), { [key]: 'unconfined' }).level, 'privileged');
    for (const value of ['runtime/default', 'localhost/mine']) assert.equal(podSecurity(pod({}), { [key]: value }).level, 'restricted');
  });

  test('every golden pod is judged as by the other judge of this project', async () => {
    let restricted = 0;
    let relaxed = 0;
    for (const known of goldenCases()) {
      for (const object of caseOutcome(known.name, await caseInput(known)).objects) {
        const found = podOf(object as unknown as KubeObject);
        if (found === null) continue;
        const faults = relaxationsOf(found.spec).filter(({ field }) => field !== 'readOnlyRootFilesystem');
        assert.equal(podSecurity(found.spec, found.annotations).level === 'restricted', faults.length === 0, known.name);
        if (faults.length === 0) restricted += 1;
        else relaxed += 1;
      }
    }
    assert.ok(restricted > 100 && relaxed > 2, `${restricted} ${relaxed}`);
  });
});
