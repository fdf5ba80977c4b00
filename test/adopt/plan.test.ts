/** What is planned for a state of the cluster, one thing at a time. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withEngineMarks } from '../../src/adopt/engine-marks.ts';
import type { LiveObject } from '../../src/adopt/live-object.ts';
import { withoutValues } from '../../src/adopt/live-object.ts';
import { handedOver } from '../../src/adopt/managed-fields.ts';
import type { Adoption, Observed, Verdict } from '../../src/adopt/observed.ts';
import { adoptionPlan } from '../../src/adopt/plan.ts';
import { recordOf, recordText } from '../../src/adopt/record.ts';
import { stepText } from '../../src/adopt/step.ts';
import { undoPlan } from '../../src/adopt/undo-plan.ts';
import type { KubeObject } from '../../src/kube/types.ts';
import { ADOPTION } from './adoption.ts';

const OWNER = { apiVersion: 'openclaw.rocks/v1alpha1', kind: 'OpenClawInstance', name: 'ada', uid: 'u-ada' };
const INSTANCE = live(
  'OpenClawInstance',
  'ada',
  { finalizers: ['openclaw.rocks/finalizer', 'other/finalizer'] },
  'openclaw.rocks/v1alpha1',
);
const EMPTY: Observed = { operators: [], instance: INSTANCE, objects: [], rendered: [], record: null };

function live(kind: string, name: string, metadata: object = {}, apiVersion = 'v1', content: object = {}): LiveObject {
  return { apiVersion, kind, metadata: { name, namespace: 'agents', uid: `u-${name}`, resourceVersion: '7', ...metadata }, ...content };
}

function manifest(kind: string, name: string, verdict: Verdict, spec?: object, apiVersion = 'v1'): Observed['rendered'][number] {
  const object: KubeObject = { apiVersion, kind, metadata: { name }, ...(spec === undefined ? {} : { spec }) };
  return { object, verdict };
}

function planned(observed: Partial<Observed>, adoption: Partial<Adoption> = {}): { steps: string[]; problems: string; notes: string } {
  const { steps, problems, notes } = adoptionPlan({ ...EMPTY, ...observed }, { ...ADOPTION, ...adoption });
  return { steps: steps.map(stepText), problems: problems.join('\n'), notes: notes.join('\n') };
}

const KEEP = 'keep what is there now in Secret/ada-adoption, for --undo';

describe('the plan of an adoption', () => {
  test('is empty where nothing is left, and says that the instance is', () => {
    const { steps, problems, notes } = planned({ rendered: [manifest('ConfigMap', 'ada-config', 'unchanged')] });
    assert.deepEqual([steps, problems], [[], '']);
    assert.match(notes, /^OpenClawInstance\/ada is still there/);
  });

  test('owns the keys of a Secret unless they are owned, and takes volumes first', () => {
    const fields = { manager: 'openclaw-gitops-secrets', operation: 'Apply', fieldsV1: { 'f:data': { 'f:token': {} } } };
    const secret = (name: string, managedFields: readonly object[]): LiveObject =>
      live('Secret', name, { ownerReferences: [OWNER], managedFields }, 'v1', { data: { token: '' } });
    const objects = [
      live('ConfigMap', 'c', { ownerReferences: [OWNER] }),
      secret('open', []),
      secret('owned', [fields]),
      live('PersistentVolumeClaim', 'v', { ownerReferences: [OWNER] }),
    ];
    assert.deepEqual(planned({ objects }).steps, [
      KEEP,
      'own the data of Secret/open (token) by server-side apply',
      'take the owner off PersistentVolumeClaim/v',
      'take the owner off Secret/open',
      'take the owner off Secret/owned',
      'take the owner off ConfigMap/c',
    ]);
  });

  test('leaves owners of others, and objects of other instances', () => {
    const other = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'u-x' };
    const objects = [
      live('ConfigMap', 'c', { ownerReferences: [other, OWNER] }),
      live('ConfigMap', 'd', { ownerReferences: [{ ...OWNER, name: 'eve' }] }),
    ];
    const { steps } = adoptionPlan({ ...EMPTY, objects }, ADOPTION);
    const [, strip, ...rest] = steps;
    assert.deepEqual([strip?.type === 'strip-owner' && strip.kept, rest], [[other], []]);
  });

  test('refuses what the API server refuses, and leaves out what it does not know', () => {
    const rendered = [
      manifest('StatefulSet', 'ada', { refusal: 'serviceName is immutable' }),
      manifest('ServiceMonitor', 'ada', 'kind is not served'),
    ];
    const { problems, notes, steps } = planned({ rendered });
    assert.equal(problems, 'the API server refuses StatefulSet/ada as it is rendered: serviceName is immutable');
    assert.match(notes, /ServiceMonitor\/ada is left out/);
    assert.deepEqual(steps, []);
  });

  test('is refused where the operator runs or cannot be seen, unless the user knows better', () => {
    const rendered = [manifest('ConfigMap', 'c', 'changes')];
    const operators = [
      { namespace: 'o', name: 'stopped', runs: false },
      { namespace: 'o', name: 'running', runs: true },
    ];
    assert.match(
      planned({ rendered, operators }).problems,
      /^the operator runs \(Deployment\/running in namespace o\); stop it with "kubectl /,
    );
    assert.match(planned({ rendered, operators: null }).problems, /cannot be listed/);
    for (const seen of [operators, null]) assert.equal(planned({ rendered, operators: seen }, { operatorIsStopped: true }).problems, '');
  });

  test('is refused where there is nothing of an instance', () => {
    assert.match(
      planned({ instance: null, rendered: [manifest('ConfigMap', 'c', 'changes')] }).problems,
      /^there is no OpenClawInstance\/ada in namespace agents/,
    );
  });

  test('is refused where the agent would lose a volume, unless it is adopted already', () => {
    const template = (claimName: string): object => ({
      template: {
        spec: {
          volumes: [
            { name: 'data', persistentVolumeClaim: { claimName } },
            { name: 'tmp', emptyDir: {} },
          ],
        },
      },
    });
    const managedFields = [{ manager: 'manager', operation: 'Update', fieldsV1: {} }];
    const mounting = (claim: string, metadata: object): LiveObject =>
      live('StatefulSet', 'ada', metadata, 'apps/v1', { spec: template(claim) });
    const rendered = [manifest('StatefulSet', 'ada', 'changes', template('ada-data'), 'apps/v1')];
    assert.match(
      planned({ rendered, objects: [mounting('old', { managedFields })] }).problems,
      /^StatefulSet\/ada has its data in PersistentVolumeClaim\/old, which is not rendered for it; name it in Git/,
    );
    assert.equal(planned({ rendered, objects: [mounting('ada-data', { managedFields })] }).problems, '');
    assert.equal(planned({ rendered, objects: [mounting('old', {})] }).problems, '');
  });

  test('says that an agent which is scaled to 0 by hand starts', () => {
    for (const [found, wanted, expected] of [
      [0, 1, true],
      [0, 0, false],
      [1, 1, false],
      [0, undefined, false],
    ] as const) {
      const objects = [live('StatefulSet', 'ada', {}, 'apps/v1', { spec: { replicas: found, template: {} } })];
      const spec = { template: {}, ...(wanted === undefined ? {} : { replicas: wanted }) };
      const { notes } = planned({ objects, rendered: [manifest('StatefulSet', 'ada', 'changes', spec, 'apps/v1')] });
      assert.equal(notes.includes('StatefulSet/ada is scaled to 0 in the cluster and not in Git'), expected, `${found} ${wanted}`);
    }
  });

  test('deletes the instance last, and only when that is wanted', () => {
    const rendered = [manifest('ConfigMap', 'c', 'changes')];
    assert.deepEqual(planned({ rendered }, { deletesInstance: true }).steps, [
      KEEP,
      'create ConfigMap/c',
      "take the operator's finalizer off OpenClawInstance/ada",
      'delete OpenClawInstance/ada, and nothing with it',
    ]);
    const [, release] = adoptionPlan(EMPTY, { ...ADOPTION, deletesInstance: true }).steps;
    assert.deepEqual(release?.type === 'release-instance' && release.kept, ['other/finalizer']);
    const instance = live('OpenClawInstance', 'ada', { deletionTimestamp: 'then', finalizers: ['orphan'] });
    assert.deepEqual(planned({ instance }, { deletesInstance: true }).steps, [KEEP, 'wait until OpenClawInstance/ada is gone']);
  });

  test('P10 prunes neither volumes nor Secrets', () => {
    const labels = { 'app.kubernetes.io/managed-by': 'openclaw-operator', 'app.kubernetes.io/instance': 'ada' };
    const objects = ['PersistentVolumeClaim', 'Secret', 'Service'].map((kind) => live(kind, 'old', { labels }));
    assert.match(planned({ objects }).notes, /made by the operator and not rendered: Service\/old; --prune deletes them/);
    assert.deepEqual(planned({ objects }, { prunes: true }).steps, [KEEP, 'delete Service/old']);
    assert.match(planned({ objects }, { prunes: true }).notes, /never deleted here: PersistentVolumeClaim\/old, Secret\/old/);
  });
});

describe('fields that change hands', () => {
  const operators = (fieldsV1: object): object => ({ managedFields: [{ manager: 'manager', operation: 'Update', fieldsV1 }] });

  for (const [title, kind, spec, given, expected] of [
    [
      'finalizers stay with nobody',
      'ConfigMap',
      undefined,
      { 'f:metadata': { 'f:finalizers': {}, 'f:labels': { 'f:a': {} } } },
      { 'f:metadata': { 'f:labels': { 'f:a': {} } } },
    ],
    [
      "a claim's class stays with nobody",
      'PersistentVolumeClaim',
      {},
      { 'f:metadata': {}, 'f:spec': { 'f:storageClassName': {} } },
      { 'f:metadata': {} },
    ],
    [
      'replicas that are not rendered stay with nobody',
      'StatefulSet',
      {},
      { 'f:spec': { 'f:replicas': {}, 'f:template': {} } },
      { 'f:spec': { 'f:template': {} } },
    ],
    [
      'replicas that are rendered change hands',
      'StatefulSet',
      { replicas: 1 },
      { 'f:spec': { 'f:replicas': {} } },
      { 'f:spec': { 'f:replicas': {} } },
    ],
  ] as const) {
    test(title, () => {
      const { steps } = adoptionPlan(
        { ...EMPTY, objects: [live(kind, 'x', operators(given))], rendered: [manifest(kind, 'x', 'unchanged', spec)] },
        ADOPTION,
      );
      const handOver = steps.find(({ type }) => type === 'hand-over');
      const entry =
        handOver?.type === 'hand-over' ? handOver.managedFields.find(({ manager }) => manager === 'argocd-controller') : undefined;
      assert.deepEqual([entry?.operation, entry?.fieldsV1], ['Apply', expected]);
      assert.equal(steps.at(-1)?.type, 'apply');
    });
  }

  test("join those that the engine has, and leave others' and those of status", () => {
    const status = { manager: 'manager', operation: 'Update', subresource: 'status', fieldsV1: { 'f:status': {} } };
    const other = { manager: 'kube-controller-manager', operation: 'Update', fieldsV1: { 'f:metadata': {} } };
    const engine = { manager: 'kubectl', operation: 'Apply', apiVersion: 'v1', time: 'then', fieldsV1: { 'f:data': { 'f:a': {} } } };
    const own = { manager: 'manager', operation: 'Update', apiVersion: 'v1', fieldsV1: { 'f:data': { 'f:b': {} } } };
    assert.deepEqual(handedOver(live('ConfigMap', 'c', { managedFields: [own, status, other, engine] }), 'manager', 'kubectl', []), [
      status,
      other,
      { ...engine, fieldsType: 'FieldsV1', fieldsV1: { 'f:data': { 'f:a': {}, 'f:b': {} } } },
    ]);
  });
});

describe('what is kept for the way back', () => {
  const secret = live('Secret', 's', { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'marker', a: 'b' } }, 'v1', {
    data: { token: 'marker' },
  });

  test('P6 has no value of a Secret', () => {
    assert.deepEqual([withoutValues(secret)['data'], withoutValues(secret).metadata.annotations], [{ token: '' }, { a: 'b' }]);
    const text = recordText({ instance: INSTANCE, objects: [secret] });
    assert.ok(!text.includes('marker'));
    assert.equal(recordOf(text)?.objects.length, 1);
  });

  for (const text of [
    '',
    '{',
    '[]',
    '{"schema":2,"objects":[],"instance":{}}',
    '{"schema":1,"objects":[{}],"instance":{}}',
    '{"schema":1,"objects":[]}',
  ]) {
    test(`is not ${text === '' ? 'nothing' : text}`, () => assert.equal(recordOf(text), null));
  }

  test('P10 a volume that is gone is not made anew, and an owner is the instance of today', () => {
    const objects = [
      live('PersistentVolumeClaim', 'v', { ownerReferences: [OWNER] }),
      live('Service', 's', { ownerReferences: [OWNER] }, 'v1', { spec: { clusterIP: '10.0.0.1' } }),
    ];
    const instance = live('OpenClawInstance', 'ada', { uid: 'u-new' });
    const { steps, notes } = undoPlan(
      { ...EMPTY, instance, record: { content: { instance: INSTANCE, objects }, object: secret } },
      ADOPTION,
    );
    assert.deepEqual(steps.map(stepText), ['put Service/s back', 'delete Secret/s, which kept what was there']);
    assert.match(notes.join('\n'), /PersistentVolumeClaim\/v is gone/);
    const [first] = steps;
    assert.deepEqual(first?.type === 'restore' && first.object, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's', namespace: 'agents', ownerReferences: [{ ...OWNER, uid: 'u-new' }] },
      spec: {},
    });
  });
});

describe('an apply in the name of an engine', () => {
  const labels = { 'app.kubernetes.io/instance': 'fleet', 'kustomize.toolkit.fluxcd.io/name': 'k', other: 'x' };
  const annotations = { 'argocd.argoproj.io/tracking-id': 'fleet:c', other: 'x' };
  const names = (map: object): object => Object.fromEntries(Object.keys(map).map((name) => [`f:${name}`, {}]));
  const fieldsV1 = { 'f:metadata': { 'f:labels': names(labels), 'f:annotations': names(annotations) } };
  const object: KubeObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', labels: { 'app.kubernetes.io/instance': 'ada', a: 'b' } },
  };
  const ours = object.metadata.labels;

  for (const [title, manager, operation, engine, expected] of [
    [
      'says the marks that it has applied before, also in a label of ours',
      'argocd-controller',
      'Apply',
      'argocd',
      { labels: { ...ours, 'app.kubernetes.io/instance': 'fleet' }, annotations: { 'argocd.argoproj.io/tracking-id': 'fleet:c' } },
    ],
    ['says nothing of marks that it has written by updates', 'argocd-controller', 'Update', 'argocd', { labels: { a: 'b' } }],
    ['puts right what somebody else has written there', 'kubectl-label', 'Update', 'argocd', { labels: ours }],
    ['knows the marks of Flux', 'kustomize-controller', 'Apply', 'flux', { labels: { ...ours, 'kustomize.toolkit.fluxcd.io/name': 'k' } }],
    ['knows no marks of kubectl', 'kubectl', 'Apply', 'kubectl', { labels: ours }],
    ['leaves the marks of another engine', 'argocd-controller', 'Apply', 'flux', { labels: ours }],
  ] as const) {
    test(title, () => {
      const marked = live('ConfigMap', 'c', { labels, annotations, managedFields: [{ manager, operation, fieldsV1 }] });
      assert.deepEqual(withEngineMarks(object, marked, engine).metadata, { name: 'c', ...expected });
    });
  }

  test('is as it is rendered where nothing is yet', () => assert.equal(withEngineMarks(object, undefined, 'flux'), object));
});
