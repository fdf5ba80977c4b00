/** The judge is judged first: it must refuse what is wrong, for the reason we think, and accept what is right. */
import type { ApiAnswer, ApiClient, ApiObject } from '../api-client.ts';
import type { Cluster } from '../cluster.ts';
import { withNamespaces } from '../namespace.ts';
import { admitPod } from '../pod-admission.ts';
import type { CheckResult } from '../report.ts';

const NAMESPACE = 'controls';
const CELL_WIDTH = 200;

const CONTAINER = {
  name: 'main',
  image: 'registry.test/main:1',
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

/** What a pod with a privileged container is denied for. */
const PRIVILEGED_FAULTS = [
  'privileged [main]',
  'allowPrivilegeEscalation != false [main]',
  'unrestricted capabilities [main]',
  'runAsNonRoot != true [main]',
  'seccompProfile [main]',
];

/** Proves that a namespace tells hardened pods from others; a denial in it means nothing before that. */
export async function restrictedIsNotEnforced(client: ApiClient, namespace: string): Promise<readonly string[]> {
  const hardened = podControl('hardened', namespace, CONTAINER);
  const privileged = podControl('privileged', namespace, { ...CONTAINER, securityContext: { privileged: true } });
  const failures: string[] = [];
  for (const [control, expected] of [
    [hardened, []],
    [privileged, PRIVILEGED_FAULTS],
    [hardened, []],
  ] as const) {
    const { faults } = await admitPod(client, control);
    if (faults.join() !== expected.join())
      failures.push(
        `namespace ${namespace}: the ${control.metadata.name} control pod should be denied for [${expected.join(', ')}], not for [${faults.join(', ')}]`,
      );
  }
  return failures;
}

export async function checkControls({ client }: Cluster): Promise<CheckResult> {
  const rows: string[][] = [];
  const failures: string[] = [];

  function expectAnswer(name: string, answer: ApiAnswer, expected: RegExp | 'accepted'): void {
    const accepted = answer.status === 200 || answer.status === 201;
    rows.push([name, accepted ? 'accepted' : `${answer.status} ${answer.message}`]);
    const met = expected === 'accepted' ? accepted : !accepted && expected.test(answer.message);
    if (!met) failures.push(`${name}: expected ${expected}, got ${answer.status} ${answer.message}`);
  }
  async function applied(object: ApiObject): Promise<ApiAnswer> {
    return await client.apply(object, { fieldManager: 'argocd-controller' });
  }

  await withNamespaces(client, [NAMESPACE], async () => {
    failures.push(...(await restrictedIsNotEnforced(client, NAMESPACE)));
    rows.push(['a privileged pod', failures.length === 0 ? `denied: ${PRIVILEGED_FAULTS.join(', ')}` : 'see below']);
    const good = [statefulSetControl(), jobControl('main'), roleBindingControl('control')];
    for (const object of good) expectAnswer(`a good ${object.kind}`, await applied(object), 'accepted');

    expectAnswer(
      'a field nobody knows, applied',
      await applied(statefulSetControl({ spec: { replica: 1 } })),
      /\.spec\.replica: field not declared in schema/,
    );
    expectAnswer(
      'a field nobody knows, created',
      await client.create(statefulSetControl({ name: 'other', spec: { replica: 1 } })),
      /unknown field "spec\.replica"/,
    );
    expectAnswer(
      'an environment variable twice',
      await applied(
        statefulSetControl({
          env: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
          ],
        }),
      ),
      /duplicate entries for key \[name="A"\]/,
    );
    expectAnswer(
      'a value of another type',
      await applied(statefulSetControl({ spec: { replicas: 'one' } })),
      /\.spec\.replicas: expected numeric/,
    );
    expectAnswer(
      'another serviceName',
      await applied(statefulSetControl({ spec: { serviceName: 'other' } })),
      /updates to statefulset spec for fields other than/,
    );
    expectAnswer(
      'another selector',
      await applied(statefulSetControl({ labels: { app: 'other' } })),
      /updates to statefulset spec for fields other than/,
    );
    expectAnswer('another template of a Job', await applied(jobControl('other')), /spec\.template: Invalid value: .*: field is immutable/s);
    expectAnswer('another role of a RoleBinding', await applied(roleBindingControl('other')), /cannot change roleRef/);

    for (const object of good) {
      expectAnswer(`the good ${object.kind} again`, await applied(object), 'accepted');
      await client.remove(object);
    }
  });
  return {
    summary: `${rows.length} controls`,
    rows: rows.map((row) => row.map((cell) => (cell.length > CELL_WIDTH ? `${cell.slice(0, CELL_WIDTH)}…` : cell))),
    failures,
  };
}

function podControl(name: string, namespace: string, container: typeof CONTAINER | object): ApiObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec: { containers: [container] } } as ApiObject;
}

function statefulSetControl(
  change: {
    readonly name?: string;
    readonly spec?: object;
    readonly env?: readonly object[];
    readonly labels?: Record<string, string>;
  } = {},
): ApiObject {
  const labels = change.labels ?? { app: 'control' };
  const template = { metadata: { labels }, spec: { containers: [{ ...CONTAINER, env: change.env ?? [] }] } };
  const spec = { serviceName: 'control', selector: { matchLabels: labels }, template, ...change.spec };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: change.name ?? 'control', namespace: NAMESPACE },
    spec,
  } as ApiObject;
}

function jobControl(containerName: string): ApiObject {
  const template = { spec: { restartPolicy: 'Never', containers: [{ ...CONTAINER, name: containerName }] } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'control', namespace: NAMESPACE }, spec: { template } } as ApiObject;
}

function roleBindingControl(role: string): ApiObject {
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role };
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'control', namespace: NAMESPACE },
    roleRef,
  } as ApiObject;
}
