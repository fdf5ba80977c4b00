/** The user's own containers, volumes and variables. */
import fc from 'fast-check';
import type { Spec } from '../../src/resolve/instance.ts';
import { annotationKey, label, variableText } from './text-arbitrary.ts';

type EnvVar = NonNullable<Spec['env']>[number];
type Container = NonNullable<Spec['sidecars']>[number];
type Capabilities = NonNullable<NonNullable<Container['securityContext']>['capabilities']>;
type Mounts = NonNullable<Container['volumeMounts']>;

const variableName = fc.stringMatching(/^[A-Z][A-Z0-9]{0,6}(_[A-Z0-9]{1,6})?$/).map((name) => `MY_${name}`);

const variable: fc.Arbitrary<EnvVar> = fc.oneof(
  fc.record({ name: variableName, value: variableText }),
  fc.record({ name: variableName }),
  fc.record({ name: variableName, valueFrom: fc.record({ secretKeyRef: fc.record({ name: label, key: label, optional: fc.boolean() }) }) }),
  fc.record({ name: variableName, valueFrom: fc.record({ configMapKeyRef: fc.record({ name: label, key: label }) }) }),
  fc.record({
    name: variableName,
    valueFrom: fc.constantFrom({ fieldRef: { fieldPath: 'status.podIP' } }, { resourceFieldRef: { resource: 'limits.cpu' } }),
  }),
);

export const variables: fc.Arbitrary<EnvVar[]> = fc.uniqueArray(variable, { selector: ({ name }) => name, maxLength: 5 });

export const variableSources: fc.Arbitrary<NonNullable<Spec['envFrom']>> = fc.array(
  fc.oneof(
    fc.record({ secretRef: fc.record({ name: label }) }),
    fc.record({ configMapRef: fc.record({ name: label }), prefix: fc.constantFrom('', 'A_') }),
  ),
  { maxLength: 3 },
);

export const annotations: fc.Arbitrary<Record<string, string>> = fc.dictionary(annotationKey, variableText, {
  maxKeys: 3,
  noNullPrototype: true,
});

const securityContext = fc.record(
  {
    runAsUser: fc.integer({ min: 1, max: 65535 }),
    readOnlyRootFilesystem: fc.boolean(),
    allowPrivilegeEscalation: fc.constant(false),
    capabilities: fc.constantFrom<Capabilities[]>({ drop: ['ALL'] }, { add: ['NET_BIND_SERVICE'], drop: ['ALL'] }),
  },
  { requiredKeys: [] },
);

function container(prefix: string): fc.Arbitrary<Container> {
  return fc
    .record({
      name: label.map((name) => `${prefix}-${name}`),
      image: fc.constantFrom('busybox', 'busybox:latest', 'registry.example.com/team/tool:1', 'host:5000/tool'),
    })
    .chain((required) =>
      fc
        .record(
          {
            args: fc.array(variableText, { maxLength: 2 }),
            env: variables,
            resources: fc.constantFrom<NonNullable<Container['resources']>[]>({}, { requests: { cpu: '10m', memory: 1024 } }),
            securityContext,
            volumeMounts: fc.constantFrom<Mounts[]>([], [{ name: 'my-scratch', mountPath: '/scratch' }]),
          },
          { requiredKeys: [] },
        )
        .map((optional): Container => ({ ...required, ...optional })),
    );
}

function containers(prefix: string): fc.Arbitrary<Container[]> {
  return fc.uniqueArray(container(prefix), { selector: ({ name }) => name, maxLength: 2 });
}

/** Containers together with the volume that they may mount. */
export const userContainers: fc.Arbitrary<Pick<Spec, 'sidecars' | 'initContainers' | 'sidecarVolumes'>> = fc.record({
  sidecars: containers('side'),
  initContainers: containers('init'),
  sidecarVolumes: fc.constant([{ name: 'my-scratch', emptyDir: {} }]),
});

const DOWNWARD = [
  { path: 'uid', fieldRef: { fieldPath: 'metadata.uid' } },
  { path: 'cpu', resourceFieldRef: { containerName: 'openclaw', resource: 'requests.cpu' } },
];

export const userVolumes: fc.Arbitrary<Pick<Spec, 'extraVolumes' | 'extraVolumeMounts'>> = fc
  .uniqueArray(label, { maxLength: 3 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.constantFrom<NonNullable<Spec['extraVolumes']>[number]>(
          { name: `my-${name}`, emptyDir: { sizeLimit: '1Gi' } },
          { name: `my-${name}`, configMap: { name } },
          { name: `my-${name}`, secret: { secretName: name } },
          { name: `my-${name}`, persistentVolumeClaim: { claimName: name } },
          { name: `my-${name}`, downwardAPI: { items: DOWNWARD } },
          {
            name: `my-${name}`,
            projected: {
              sources: [{ serviceAccountToken: { path: 'token' } }, { downwardAPI: { items: DOWNWARD } }, { configMap: { name } }],
            },
          },
        ),
      ),
    ),
  )
  .map((volumes) => ({ extraVolumes: volumes, extraVolumeMounts: volumes.map(({ name }) => ({ name, mountPath: `/mnt/${name}` })) }));
