/** What is tried in each state, by its name. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AdoptionRun } from '../adoption-run.ts';
import type { ApiObject } from '../api-client.ts';
import { content } from '../content.ts';
import { writeKubeconfig } from '../kubeconfig.ts';
import { install, operatorFixture, OPERATOR_MANAGER } from '../operator-fixture.ts';
import { openRelay } from '../relay.ts';

interface AdoptionState {
  /** What the operator has made; by default everything of `oracle`. */
  readonly isInstalled?: boolean;
  readonly oracle?: string;
  readonly tried: (run: AdoptionRun) => Promise<void>;
}

const MERGE = 'application/merge-patch+json';
const DONE = /nothing is left to do/;

export const ADOPTION_STATES: Readonly<Record<string, AdoptionState>> = {
  'nothing-there': {
    isInstalled: false,
    tried: async (run) => {
      run.expect(
        '--apply',
        await run.adopt('--apply'),
        1,
        /refused: there is no OpenClawInstance\/minimal in namespace [^]*let the engine apply/,
      );
      if ((await run.stored()).size > 0) run.failures.push('something has been made');
      run.expect('--undo', await run.adopt('--undo', '--apply'), 1, /refused: there is no Secret\/minimal-adoption/);
    },
  },
  'no-volume': { oracle: 'own-persistence-off', tried: adopted },
  'volume-of-the-user': {
    oracle: 'own-persistence-existing-claim',
    tried: async (run) => {
      const before = await run.stored();
      const { input } = run.fixture;
      const other = input.replace(/"existingClaim":"[^"]*",/, '');
      if (other === input) throw new Error('the input names no claim');
      await writeFile(join(run.directory, 'bot.yaml'), other);
      run.expect('another claim in Git', await run.adopt('--apply'), 1, /refused: StatefulSet\/.* has its data in PersistentVolumeClaim\//);
      run.same('after a refusal', before, await run.stored(), true);
      await writeFile(join(run.directory, 'bot.yaml'), input);
      await adopted(run);
    },
  },
  'secret-of-the-user': {
    oracle: 'own-gateway-options',
    tried: async (run) => {
      const name = /"existingSecret":"([^"]*)"/.exec(run.fixture.input)?.[1];
      if (name === undefined) throw new Error('the input names no Secret');
      const secret = {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name, namespace: run.fixture.namespace },
        data: { token: 'dG9rZW4=' },
      };
      await run.cluster.client.create(secret);
      const before = await run.cluster.client.get(secret);
      await adopted(run);
      if (JSON.stringify((await run.cluster.client.get(secret)).body) !== JSON.stringify(before.body))
        run.failures.push("the user's Secret has changed");
    },
  },
  'scaled-to-0': {
    tried: async (run) => {
      await patched(run, 'apps/v1', 'StatefulSet', 'minimal', { spec: { replicas: 0 } }, 'kubectl-scale');
      run.expect(
        'the plan',
        await run.adopt(),
        0,
        /note: StatefulSet\/minimal is scaled to 0 in the cluster and not in Git: the agent starts/,
      );
      await adopted(run);
    },
  },
  'two-in-a-namespace': {
    tried: async (run) => {
      const other = await operatorFixture('own-persistence-off', run.fixture.namespace);
      await install(run.cluster, other);
      const objects = async (): Promise<string> =>
        (await Promise.all(other.objects.map(async (object) => content((await run.cluster.client.get(object)).body as ApiObject)))).join();
      const before = await objects();
      await adopted(run);
      if ((await objects()) !== before) run.failures.push('objects of the other instance have changed');
    },
  },
  'operator-goes-on': {
    tried: async (run) => {
      const config = (await run.stored()).get('ConfigMap/minimal-config')!;
      const { ownerReferences } = config.metadata;
      const takesBack = async (): Promise<void> =>
        await patched(run, 'v1', 'ConfigMap', 'minimal-config', { metadata: { ownerReferences }, data: { old: 'x' } }, OPERATOR_MANAGER);
      const over = new AbortController();
      const operator = (async () => {
        while (!over.signal.aborted) await takesBack().then(async () => await sleep(20));
      })();
      run.expect(
        'beside the operator',
        await run.adopt('--apply', '--operator-stopped'),
        1,
        /refused: ".*" does not last: somebody else undoes it/,
      );
      over.abort();
      await operator;
      await adopted(run);
      // Started again before the instance was deleted, and stopped.
      await takesBack();
      run.expect('--check after the operator came back', await run.adopt('--check'), 1, /take the owner off ConfigMap\/minimal-config/);
      await adopted(run);
    },
  },
  'status-moves': {
    tried: async (run) => {
      await adopted(run);
      const { client } = run.cluster;
      const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'minimal', namespace: run.fixture.namespace } };
      const path = `${await client.path(set)}/status?fieldManager=somebody`;
      const over = new AbortController();
      const writer = (async () => {
        for (let time = 0; !over.signal.aborted; time += 1) {
          // Of another type each time, so that also other fields are owned.
          const conditions = [{ type: `Look${time}`, status: 'True' }];
          const { message, status } = await client.send('PATCH', path, { status: { conditions } }, MERGE);
          if (status !== 200) throw new Error(`the status: ${status} ${message}`);
          await sleep(5);
        }
      })();
      try {
        for (let look = 0; look < 5; look += 1) run.expect('--check beside a controller', await run.adopt('--check'), 0, DONE);
      } finally {
        over.abort();
        await writer;
      }
    },
  },
  'right-missing': {
    tried: async (run) => {
      const before = await run.stored();
      await writeKubeconfig(join(run.directory, 'limited'), { ...run.cluster.client.connection, token: await limitedToken(run) });
      const limited = ['--kubeconfig', join(run.directory, 'limited')];
      const forbidden = /refused: [^]*cannot (?:patch|update) resource "statefulsets"/;
      run.expect('the plan', await run.adopt(...limited), 1, forbidden);
      run.expect('--apply', await run.adopt('--apply', ...limited), 1, forbidden);
      run.same('after a refusal', before, await run.stored(), true);
      await adopted(run);
      const after = await run.stored();
      run.expect('--undo', await run.adopt('--undo', '--apply', ...limited), 1, /refused: "put StatefulSet\/minimal back" is not let/);
      run.same('after a refused --undo', after, await run.stored(), true);
    },
  },
  'server-gone': {
    tried: async (run) => {
      const { connection } = run.cluster.client;
      const relay = await openRelay(Number(new URL(connection.server).port));
      await writeKubeconfig(join(run.directory, 'relayed'), { ...connection, server: `https://127.0.0.1:${relay.port}` });
      const running = run.adopt('--apply', '--kubeconfig', join(run.directory, 'relayed'));
      const record = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'minimal-adoption', namespace: run.fixture.namespace } };
      for (let tries = 0; tries < 6000 && (await run.cluster.client.get(record)).status === 404; tries += 1) await sleep(5);
      relay.close();
      run.expect(
        'without a server',
        await running,
        1,
        /done: keep what is there now[^]*error: the cluster of context "e2e" cannot be reached/,
      );
      await adopted(run);
    },
  },
  'record-of-nothing': {
    tried: async (run) => {
      const before = await run.stored();
      await run.cluster.client.create({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'minimal-adoption', namespace: run.fixture.namespace },
      });
      run.expect('--apply', await run.adopt('--apply'), 1, /error: Secret\/minimal-adoption in namespace .* is no record of an adoption/);
      run.same('after it', before, await run.stored(), true);
    },
  },
  // The last: it takes the definition away, and with it what others still own.
  'no-finalizer-and-no-definition': {
    tried: async (run) => {
      const { client } = run.cluster;
      await client.send('PATCH', await client.path(run.fixture.instance), { metadata: { finalizers: null } }, MERGE);
      const ran = await run.adopt('--apply', '--delete-instance');
      run.expect('--delete-instance', ran, 0, /done: delete OpenClawInstance\/minimal/);
      if (ran.text.includes('finalizer off')) run.failures.push('a finalizer is taken off that was not there');
      const after = await run.stored();
      const metadata = { name: 'openclawinstances.openclaw.rocks' };
      const definition: ApiObject = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata };
      // Those of other states wait for an operator that is not there.
      const { body } = await client.send('GET', '/apis/openclaw.rocks/v1alpha1/openclawinstances');
      for (const { metadata: other } of (body as { readonly items: readonly ApiObject[] }).items)
        await client.send(
          'PATCH',
          await client.path({ ...run.fixture.instance, metadata: other }),
          { metadata: { finalizers: null } },
          MERGE,
        );
      await client.remove(definition);
      for (let tries = 0; tries < 600 && (await client.get(definition)).status !== 404; tries += 1) await sleep(100);
      run.expect('--check', await run.adopt('--check', '--delete-instance'), 0, DONE);
      run.expect(
        '--undo',
        await run.adopt('--undo', '--apply'),
        1,
        /"create OpenClawInstance\/minimal" is not let: .*does not serve OpenClawInstance/,
      );
      run.same('after a refused --undo', after, await run.stored(), true);
    },
  },
};

async function adopted(run: AdoptionRun): Promise<void> {
  run.expect('--apply', await run.adopt('--apply'), 0, DONE);
  run.expect('--check', await run.adopt('--check'), 0, DONE);
}

async function patched(run: AdoptionRun, apiVersion: string, kind: string, name: string, change: object, manager: string): Promise<void> {
  const { client } = run.cluster;
  const path = await client.path({ apiVersion, kind, metadata: { name, namespace: run.fixture.namespace } });
  const { message, status } = await client.send('PATCH', `${path}?fieldManager=${manager}`, change, MERGE);
  if (status !== 200) throw new Error(`${kind}/${name}: ${status} ${message}`);
}

/** Of an account that may do everything but change workloads. */
async function limitedToken({ cluster: { client }, fixture: { namespace } }: AdoptionRun): Promise<string> {
  const rbac = 'rbac.authorization.k8s.io';
  const name = 'openclaw-gitops-e2e-limited';
  const rules = [
    { apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: ['', rbac, 'networking.k8s.io', 'policy', 'batch', 'autoscaling', 'openclaw.rocks'], resources: ['*'], verbs: ['*'] },
  ];
  const subjects = [{ kind: 'ServiceAccount', name: 'limited', namespace }];
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'limited', namespace } };
  const objects: readonly object[] = [
    account,
    { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name }, rules },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
      subjects,
    },
  ];
  for (const object of objects) {
    const { message, status } = await client.apply(object as ApiObject, { fieldManager: 'openclaw-gitops-e2e' });
    if (status !== 200 && status !== 201) throw new Error(`${name}: ${status} ${message}`);
  }
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
  const { body, message, status } = await client.send('POST', `${await client.path(account)}/token`, request);
  if (status !== 201) throw new Error(`a token: ${status} ${message}`);
  return (body as { readonly status: { readonly token: string } }).status.token;
}
