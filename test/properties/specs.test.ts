/** What holds for every valid spec. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { StatefulSet } from '../../src/kube/types.ts';
import type { Json, JsonObject } from '../../src/lib/json.ts';
import type { Spec } from '../../src/resolve/instance.ts';
import { podOf } from '../golden/relaxations.ts';
import { relaxationsOf } from '../golden/pod-security.ts';
import { seededRandom } from '../golden/seeded-random.ts';
import { yamlText } from '../golden/outcome.ts';
import { withShuffledKeys } from '../golden/variants.ts';
import { agentPod, instanceOf, NAME, renderedObjects, renderedSpec, statefulSetOf } from './rendered.ts';
import { spec } from './spec-arbitrary.ts';
import { variables } from './container-arbitrary.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200);
const options = { numRuns: RUNS, seed: 20261122, endOnFailure: true };

test('valid specs render, or a rule says why not', () => {
  let rendered = 0;
  const refusals = new Map<string, number>();
  fc.assert(
    fc.property(spec, (value) => {
      const { refused, diagnostics, objects } = renderedSpec(value);
      for (const { rule, message } of diagnostics) assert.doesNotMatch(rule, /^(?:schema|parse)\//, message);
      if (!refused) {
        rendered += 1;
        assert.ok(objects.length > 0);
        return;
      }
      assert.equal(objects.length, 0);
      for (const { rule, severity } of diagnostics) if (severity === 'error') refusals.set(rule, (refusals.get(rule) ?? 0) + 1);
    }),
    options,
  );
  assert.ok(rendered >= RUNS * 0.8, `${rendered} of ${RUNS} were rendered; refused by ${JSON.stringify([...refusals])}`);
});

test('equal values give equal bytes', () => {
  fc.assert(
    fc.property(spec, fc.nat(), (value, seed) => {
      const shuffled = withShuffledKeys(instanceOf(value), seededRandom(seed)) as JsonObject;
      const [one, other] = [renderedSpec(value), renderedObjects([shuffled])];
      assert.equal(yamlText(other.objects), yamlText(one.objects));
    }),
    { ...options, numRuns: Math.ceil(RUNS / 3) },
  );
});

describe('every pod', () => {
  /** What a spec may loosen, and nothing else. */
  function asked(value: Spec): string[] {
    const loosened: string[] = [];
    if (value.security?.containerSecurityContext?.readOnlyRootFilesystem === false) loosened.push('openclaw readOnlyRootFilesystem');
    return loosened;
  }

  test('is hardened but for what its spec asks', () => {
    fc.assert(
      fc.property(spec, (value) => {
        const users = new Set([...(value.sidecars ?? []), ...(value.initContainers ?? [])].map(({ name }) => name));
        for (const object of renderedSpec(value).objects) {
          const pod = podOf(object);
          if (pod === null) continue;
          const found = relaxationsOf(pod).filter(({ container, field }) => !(users.has(container) && field === 'readOnlyRootFilesystem'));
          const surprising = found.map(({ container, field }) => `${container} ${field}`).filter((line) => !asked(value).includes(line));
          assert.deepEqual(surprising, []);
          // A pod without the API does not get a token for it.
          if (object['kind'] === 'StatefulSet') assert.equal(pod.automountServiceAccountToken, false);
        }
      }),
      options,
    );
  });

  test('mounts only volumes that it has, and names things once', () => {
    fc.assert(
      fc.property(spec, (value) => {
        for (const object of renderedSpec(value).objects) {
          const pod = podOf(object);
          if (pod === null) continue;
          const templates = (object as { readonly spec?: StatefulSet['spec'] }).spec?.volumeClaimTemplates ?? [];
          const volumes = [...(pod.volumes ?? []), ...templates.flatMap(({ metadata }) => metadata ?? [])].map(({ name }) => name);
          const containers = [...(pod.initContainers ?? []), ...pod.containers];
          assert.equal(new Set(volumes).size, volumes.length);
          assert.equal(new Set(containers.map(({ name }) => name)).size, containers.length);
          for (const { name, volumeMounts = [], env = [] } of containers) {
            for (const mount of volumeMounts) assert.ok(volumes.includes(mount.name), `${name} mounts ${mount.name}`);
            assert.equal(new Set(volumeMounts.map(({ mountPath }) => mountPath)).size, volumeMounts.length, `${name} mounts a path twice`);
            assert.equal(new Set(env.map((variable) => variable.name)).size, env.length, `${name} has a variable twice`);
          }
        }
      }),
      options,
    );
  });
});

test('POD-003 POD-010 POD-011 immutable fields of the StatefulSet depend on the name and, for claim templates, the storage only', () => {
  const immutable = (objects: readonly JsonObject[], name: string): Json => {
    const { spec: set, metadata } = statefulSetOf(objects, name);
    const { selector, serviceName, podManagementPolicy, volumeClaimTemplates } = set!;
    return JSON.parse(JSON.stringify([metadata!.name, selector, serviceName, podManagementPolicy, volumeClaimTemplates ?? null])) as Json;
  };
  /** Without an autoscaler there are no templates, which the operator's own instances have neither. */
  const templates = (value: Spec, name: string): Json => {
    if (value.availability?.autoScaling?.enabled !== true) return null;
    const same: Spec = {
      availability: { autoScaling: { enabled: true } },
      ...(value.storage === undefined ? {} : { storage: value.storage }),
    };
    const { volumeClaimTemplates = null } = statefulSetOf(renderedSpec(same, name).objects, name).spec!;
    return JSON.parse(JSON.stringify(volumeClaimTemplates)) as Json;
  };
  const expected = (value: Spec, name: string): Json => [
    name,
    { matchLabels: { 'app.kubernetes.io/instance': name, 'app.kubernetes.io/name': 'openclaw' } },
    name,
    'Parallel',
    templates(value, name),
  ];
  fc.assert(
    fc.property(spec, fc.constantFrom(NAME, 'ada', 'a-very-long-name-that-leaves-little-room-for-suffix'), (value, name) => {
      const { refused, objects } = renderedSpec(value, name);
      if (!refused) assert.deepEqual(immutable(objects, name), expected(value, name));
    }),
    { ...options, numRuns: Math.ceil(RUNS / 3) },
  );
});

test('every object is in the namespace of its instance and carries its labels', () => {
  fc.assert(
    fc.property(spec, (value) => {
      const seen = new Set<string>();
      for (const { kind, metadata } of renderedSpec(value).objects) {
        const { name, namespace, labels } = metadata as { name: string; namespace: string; labels: Record<string, string> };
        assert.equal(namespace, 'agents');
        assert.equal(labels['app.kubernetes.io/instance'], NAME);
        assert.equal(labels['app.kubernetes.io/managed-by'], 'openclaw-gitops');
        assert.ok(name.length <= 63 && /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name), name);
        const identity = `${String(kind)}/${name}`;
        assert.ok(!seen.has(identity), `${identity} is there twice`);
        seen.add(identity);
      }
    }),
    { ...options, numRuns: Math.ceil(RUNS / 3) },
  );
});

test('the variables of the user come last and as they were written', () => {
  fc.assert(
    fc.property(variables, (env) => {
      const { refused, objects } = renderedSpec({ env });
      if (refused || env.length === 0) return;
      const main = agentPod(objects).containers[0]!;
      assert.deepEqual(
        (main.env ?? []).slice(-env.length).map(({ name, value }) => [name, value]),
        env.map(({ name, value }) => [name, value]),
      );
    }),
    { ...options, numRuns: Math.ceil(RUNS / 3) },
  );
});
