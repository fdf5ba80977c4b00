/** What the component changes of a real Argo CD, and nothing else. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ApiObject } from '../cluster/api-client.ts';
import { argocdManifests, documentedImage } from './argocd-component.ts';
import { ARGOCD_VERSIONS } from '../tools/engine-versions.ts';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string }[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Deployment extends ApiObject {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly Container[];
        readonly initContainers: readonly Container[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}

function identity({ kind, metadata }: ApiObject): string {
  return `${kind}/${metadata.name}`;
}

for (const version of Object.values(ARGOCD_VERSIONS)) {
  describe(`the component on Argo CD ${version}`, async () => {
    const before = await argocdManifests(version, false);
    const after = await argocdManifests(version, true);
    const podOf = (objects: readonly ApiObject[]): Deployment['spec']['template']['spec'] =>
      (objects.find((object) => identity(object) === 'Deployment/argocd-repo-server') as Deployment).spec.template.spec;

    test('changes two objects', () => {
      const texts = new Map(before.map((object) => [identity(object), JSON.stringify(object)]));
      const changed = after.filter((object) => texts.get(identity(object)) !== JSON.stringify(object)).map(identity);
      assert.deepEqual(changed.toSorted(), ['ConfigMap/argocd-cmd-params-cm', 'Deployment/argocd-repo-server']);
      assert.equal(after.length, before.length);
    });

    test('adds one container with the image of the user, one volume and one variable', () => {
      const [was, is] = [podOf(before), podOf(after)];
      const added = is.containers.filter(({ name }) => name === 'openclaw-gitops');
      assert.deepEqual(
        added.map(({ image }) => image),
        [documentedImage()],
      );
      const repoServer = is.containers.find(({ name }) => name === 'argocd-repo-server');
      const { env = [] } = repoServer ?? {};
      assert.deepEqual(
        is.containers
          .filter((container) => container !== added[0])
          .map((container) =>
            container === repoServer ? { ...container, env: env.filter(({ name }) => name !== 'ARGOCD_CMP_CHUNK_SIZE') } : container,
          ),
        was.containers,
      );
      assert.equal(env.filter(({ name }) => name === 'ARGOCD_CMP_CHUNK_SIZE').length, 1);
      assert.deepEqual(is.initContainers, was.initContainers);
      assert.deepEqual(
        is.volumes.filter(({ name }) => name !== 'openclaw-gitops-tmp'),
        was.volumes,
      );
    });

    test('mounts what is there: the plugin server that the init container copies, and the directory that the repo-server looks into', () => {
      const { containers, initContainers, volumes } = podOf(after);
      const sidecar = containers.find(({ name }) => name === 'openclaw-gitops');
      const mounts = new Map(sidecar?.volumeMounts.map(({ mountPath, name }) => [name, mountPath]));
      for (const name of mounts.keys())
        assert.ok(
          volumes.some((volume) => volume.name === name),
          name,
        );
      const others = [...initContainers, ...containers.filter((container) => container !== sidecar)].flatMap(
        ({ volumeMounts }) => volumeMounts,
      );
      for (const name of ['var-files', 'plugins'])
        assert.equal(others.find((mount) => mount.name === name)?.mountPath, mounts.get(name), name);
      assert.equal(
        others.some(({ name }) => name === 'openclaw-gitops-tmp'),
        false,
      );
    });

    test('says settings that this release reads', () => {
      const settings = after.find((object) => identity(object) === 'ConfigMap/argocd-cmd-params-cm') as ApiObject & {
        readonly data: object;
      };
      const rest = JSON.stringify(after.filter((object) => object !== settings));
      const keys = Object.keys(settings.data).filter(
        (key) => !JSON.stringify(before.find((object) => identity(object) === identity(settings))).includes(key),
      );
      assert.equal(keys.length, 3);
      for (const key of keys) assert.ok(rest.includes(`"key":"${key}"`), key);
    });
  });
}
