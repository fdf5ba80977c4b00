/** What every server of our plugin must do, whichever program it is: the table of `npm run e2e:argocd`. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parametersOf } from '../../src/commands/parameters.ts';
import { withSortedKeys, type Json } from '../../src/lib/json.ts';
import { render, type RenderOptions } from '../../src/render.ts';
import { caseInput, goldenCase } from '../../test/golden/golden-case.ts';
import { announcedParameters, configuration, generate, type Answer } from './cmp-client.ts';
import type { CmpServer } from './cmp-server.ts';
import { agent, APPLICATION, repository, type Content } from './repository.ts';

/** More makes the Application unwritable for Argo CD, and a Node server's own limits begin here. */
const MOST_ERROR_BYTES = 16 * 1024;
/** gRPC's codes. */
const [UNKNOWN, DEADLINE_EXCEEDED] = [2, 4];
const APIS = 'v1,apps/v1,batch/v1,networking.k8s.io/v1,rbac.authorization.k8s.io/v1,policy/v1';

export function conformance(title: string, start: (directory: string) => Promise<CmpServer>): void {
  describe(title, () => {
    let root = '';
    let server: CmpServer;
    before(async () => {
      root = mkdtempSync(join(tmpdir(), 'argocd-'));
      server = await start(root);
    });
    after(async () => {
      await server.stop();
      rmSync(root, { recursive: true });
    });

    const ask = (content: Content, env: Readonly<Record<string, string>> = {}, timeoutMs?: number): Promise<Answer> =>
      generate(server.socket, {
        repository: repository(root, content),
        path: APPLICATION,
        env: { ARGOCD_APP_NAME: 'argocd_a', ARGOCD_APP_REVISION: 'f'.repeat(40), KUBE_VERSION: '1.36.0', ...env },
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      });
    const manifests = async (content: Content, env: Readonly<Record<string, string>> = {}): Promise<Json[]> => {
      const answer = await ask(content, env);
      assert.ok('manifests' in answer, 'error' in answer ? answer.error : '');
      return answer.manifests.map((text) => JSON.parse(text) as Json);
    };
    const error = async (content: Content, env: Readonly<Record<string, string>> = {}): Promise<string> => {
      const answer = await ask(content, env);
      assert.ok('error' in answer, 'it is rendered');
      assert.equal(answer.code, UNKNOWN);
      assert.ok(Buffer.byteLength(answer.error) <= MOST_ERROR_BYTES, `${answer.error.length} characters`);
      return answer.error;
    };
    const instances = (objects: readonly Json[]): string[] =>
      objects.flatMap((object) => {
        const { kind, metadata } = object as { kind: string; metadata: { name: string; namespace: string } };
        return kind === 'StatefulSet' ? [`${metadata.namespace}/${metadata.name}`] : [];
      });

    test('asks for no repository of others, and announces every parameter', async () => {
      assert.equal((await configuration(server.socket)).isDiscoveryConfigured, false);
      const announced = await announcedParameters(server.socket, { repository: repository(root, {}), path: APPLICATION, env: {} });
      assert.deepEqual(
        announced.toSorted(),
        parametersOf('argocd')
          .map(({ name }) => name)
          .toSorted(),
      );
    });

    for (const golden of ['minimal', 'guide-production', 'pass-through', 'odd-text', 'pack-binary-file']) {
      test(`renders golden/${golden} to the objects that the command prints`, async () => {
        const known = goldenCase(golden);
        const { files, options } = await caseInput(known);
        const wanted = Array.from(render(files, options satisfies RenderOptions).objects, (object) => withSortedKeys(object));
        assert.deepEqual(known.args, [], 'the case needs no flags');
        assert.deepEqual(
          (await manifests({ golden })).map((object) => withSortedKeys(object)),
          wanted,
        );
      });
    }

    const BOTH = { files: { 'ada.yaml': agent('ada'), 'more/bob.yaml': agent('bob') } };

    test('renders the files that a parameter or a variable names, and the parameter wins', async () => {
      const parameters = (list: readonly object[]): Record<string, string> => ({ ARGOCD_APP_PARAMETERS: JSON.stringify(list) });
      assert.deepEqual(instances(await manifests(BOTH, parameters([]))), ['agents/ada', 'agents/bob']);
      assert.deepEqual(instances(await manifests(BOTH, { ARGOCD_APP_PARAMETERS: 'null' })), ['agents/ada', 'agents/bob']);
      assert.deepEqual(instances(await manifests(BOTH, { ARGOCD_ENV_FILES: 'more' })), ['agents/bob']);
      const chosen = { ...parameters([{ name: 'files', array: ['ada.yaml'] }]), PARAM_FILES_0: 'ada.yaml', ARGOCD_ENV_FILES: 'more' };
      assert.deepEqual(instances(await manifests(BOTH, chosen)), ['agents/ada']);
    });

    test('one broken file holds back its own agent only', async () => {
      const content = { files: { ...BOTH.files, 'eve.yaml': agent('eve').replace('image:', 'imag:') } };
      assert.match(await error(content), /eve\.yaml:4:8: error: "imag" is not a field of spec/);
      assert.deepEqual(instances(await manifests(content, { ARGOCD_ENV_FILES: 'ada.yaml' })), ['agents/ada']);
    });

    test('takes the namespace of the Application and the APIs of its cluster', async () => {
      const bare = agent('ada', ', observability: {metrics: {serviceMonitor: {enabled: true}}}').replace(', namespace: agents', '');
      const content = { files: { 'ada.yaml': bare } };
      const kinds = (objects: readonly Json[]): string[] => objects.map((object) => (object as { kind: string }).kind);
      const env = { ARGOCD_APP_NAMESPACE: 'fleet' };
      const hydrated = await manifests(content, { ...env, KUBE_API_VERSIONS: '' });
      assert.deepEqual(instances(hydrated), ['fleet/ada']);
      assert.ok(kinds(hydrated).includes('ServiceMonitor'));
      assert.ok(!kinds(await manifests(content, { ...env, KUBE_API_VERSIONS: APIS })).includes('ServiceMonitor'));
      assert.match(await error(content), /has no namespace/);
    });

    test('says little of much that is wrong, the errors first', async () => {
      const wrong = Object.fromEntries(
        Array.from({ length: 300 }, (_, index) => [`${index}.yaml`, agent(`bot-${index}`, `, wrong${'x'.repeat(100)}: 1`)]),
      );
      assert.match(await error({ files: wrong }), /… and \d+ more errors\n?$/);
    });

    test('does not take an application without agents for one whose agents are gone', async () => {
      assert.match(await error({ files: { 'map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' } }), /no-instances/);
      assert.match(await error({}), /no-files/);
      assert.deepEqual(await manifests({ files: { 'empty.yaml': '' } }, { ARGOCD_ENV_ALLOW_EMPTY: 'true' }), []);
    });

    test('follows links inside the application, and none that leads out of it', async () => {
      const files = { 'texts/ada.txt': agent('ada'), '../b/eve.yaml': agent('eve') };
      assert.deepEqual(instances(await manifests({ files, links: { 'ada.yaml': 'texts/ada.txt' } })), ['agents/ada']);
      assert.match(await error({ files, links: { 'eve.yaml': '../b/eve.yaml' } }), /symlink-outside/);
      assert.match(await error({ files, links: { 'eve.yaml': '../../../eve.yaml' } }), /symlink|link/);
      assert.match(await error(BOTH, { ARGOCD_ENV_FILES: '../b' }), /expected a path inside the application's directory/);
    });

    test('answers many at once, each for itself', async () => {
      const names = Array.from({ length: 12 }, (_, index) => `bot-${index}`);
      const answers = await Promise.all(names.map((name) => manifests({ files: { 'bot.yaml': agent(name) } })));
      assert.deepEqual(
        answers.map(instances),
        names.map((name) => [`agents/${name}`]),
      );
    });

    test('carries much', async () => {
      const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${index}.yaml`, agent(`bot-${index}`)]));
      assert.equal(instances(await manifests({ files })).length, 200);
    });

    test('ends with the patience of who asks, leaves nothing, and goes on', async () => {
      const files = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${index}.yaml`, agent(`bot-${index}`)]));
      const answer = await ask({ files }, {}, 250);
      assert.ok('code' in answer && [UNKNOWN, DEADLINE_EXCEEDED].includes(answer.code), JSON.stringify(answer).slice(0, 200));
      assert.deepEqual(instances(await manifests(BOTH)), ['agents/ada', 'agents/bob']);
      const filesLeft = (): number =>
        readdirSync(server.workDirectory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
      for (let tries = 0; filesLeft() > 0; tries += 1) {
        assert.ok(tries < 100, 'a repository is left');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });
  });
}
