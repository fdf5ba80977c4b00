/** install/argocd: three ways to the same sidecar, and examples that fit the plugin. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');
const PLUGIN = read('plugin.yaml') as {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly version: string;
    readonly parameters: { readonly static: readonly { readonly name: string; readonly collectionType: string }[] };
  };
};

interface Sidecar {
  readonly name: string;
  readonly securityContext: Readonly<Record<string, unknown>>;
}

interface Source {
  readonly path?: string;
  readonly plugin?: {
    readonly name: string;
    readonly parameters: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
  };
}

interface ApplicationSpec {
  readonly project: string;
  readonly source?: Source;
  readonly sourceHydrator?: { readonly drySource: Source };
  readonly destination: object;
  readonly syncPolicy: { readonly automated: object; readonly syncOptions: readonly string[] };
}

function read(path: string): unknown {
  return parse(readFileSync(join(ROOT, path), 'utf8'));
}

const patch = read('install/argocd/component/sidecar.yaml') as {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly (Sidecar & { readonly env: readonly object[] })[];
        readonly volumes: readonly unknown[];
      };
    };
  };
};
const settings = (read('install/argocd/component/settings.yaml') as { readonly data: object }).data;
/** Where Argo CD's own manifests put what they read of argocd-cmd-params-cm; e2e:cluster looks them up there. */
const VARIABLES: Readonly<Record<string, string>> = {
  'reposerver.plugin.tar.exclusions': 'ARGOCD_REPO_SERVER_PLUGIN_TAR_EXCLUSIONS',
  'controller.repo.server.timeout.seconds': 'ARGOCD_APPLICATION_CONTROLLER_REPO_SERVER_TIMEOUT_SECONDS',
  'server.repo.server.timeout.seconds': 'ARGOCD_SERVER_REPO_SERVER_TIMEOUT_SECONDS',
};
const [repoServer, sidecar] = patch.spec.template.spec.containers;
const { volumes } = patch.spec.template.spec;

const applications = globSync('install/argocd/applications/*.yaml', { cwd: ROOT })
  .toSorted()
  .flatMap((file): { file: string; spec: ApplicationSpec }[] => {
    const { kind, spec } = read(file) as {
      readonly kind: string;
      readonly spec: ApplicationSpec & { readonly template: { readonly spec: ApplicationSpec } };
    };
    if (kind === 'Application') return [{ file, spec }];
    return kind === 'ApplicationSet' ? [{ file, spec: spec.template.spec }] : [];
  });

describe('install/argocd', () => {
  test('the values of argo-helm say what the component says', () => {
    const { configs, repoServer: values } = read('install/argocd/helm/values.yaml') as {
      readonly configs: { readonly params: object };
      readonly repoServer: { readonly env: unknown; readonly extraContainers: unknown; readonly volumes: unknown };
    };
    assert.deepEqual(configs.params, settings);
    assert.deepEqual(values, { env: repoServer?.env, extraContainers: [sidecar], volumes });
  });

  test('the ArgoCD object says it too, by variables, and but for the user, which OpenShift chooses', () => {
    const { spec } = read('install/argocd/operator/argocd.yaml') as {
      readonly spec: Readonly<Record<'controller' | 'server' | 'repo', { readonly env: readonly object[] }>>;
    };
    const { runAsUser, ...securityContext } = sidecar?.securityContext ?? {};
    assert.equal(runAsUser, 999);
    const variables = Object.entries(settings).map(([key, value]) => ({ name: VARIABLES[key], value }));
    const [exclusions, ofController, ofServer] = variables;
    assert.equal(variables.length, 3);
    assert.deepEqual(spec, {
      controller: { env: [ofController] },
      server: { env: [ofServer] },
      repo: { env: [...(repoServer?.env ?? []), exclusions], sidecarContainers: [{ ...sidecar, securityContext }], volumes },
    });
  });

  test('every example names the plugin and its parameters as plugin.yaml has them', () => {
    let named = 0;
    for (const { file, spec } of applications) {
      const plugin = (spec.source ?? spec.sourceHydrator?.drySource)?.plugin;
      if (plugin === undefined) continue;
      named += 1;
      assert.equal(plugin.name, `${PLUGIN.metadata.name}-${PLUGIN.spec.version}`, file);
      for (const { name, ...value } of plugin.parameters) {
        const known = PLUGIN.spec.parameters.static.find((parameter) => parameter.name === name);
        assert.deepEqual(Object.keys(value), [known?.collectionType], `${file}: ${name}`);
      }
    }
    assert.equal(named, 3);
  });

  test('every example syncs by itself in the one good way', () => {
    const [first] = applications;
    assert.ok(first !== undefined && applications.length === 5);
    assert.deepEqual(first.spec.syncPolicy.automated, { prune: true, selfHeal: true });
    assert.ok(first.spec.syncPolicy.syncOptions.includes('ServerSideApply=true'));
    for (const { file, spec } of applications) {
      assert.deepEqual(
        [spec.project, spec.syncPolicy, spec.destination],
        [first.spec.project, first.spec.syncPolicy, first.spec.destination],
        file,
      );
      assert.equal('ignoreDifferences' in spec, false, file);
    }
  });

  test('the project allows exactly the kinds that are rendered', () => {
    const { spec } = read('install/argocd/applications/project.yaml') as {
      readonly spec: { readonly namespaceResourceWhitelist: readonly { readonly group: string; readonly kind: string }[] };
    };
    const rendered = new Set<string>();
    for (const file of globSync('golden/**/expected.yaml', { cwd: ROOT })) {
      for (const text of readFileSync(join(ROOT, file), 'utf8').split('\n---\n')) {
        if (!text.includes('    app.kubernetes.io/managed-by: openclaw-gitops\n')) continue;
        const [, apiVersion = ''] = /^apiVersion: "?([^"\n]+)/m.exec(text) ?? [];
        const [, kind = ''] = /^kind: (.+)$/m.exec(text) ?? [];
        rendered.add(`${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''} ${kind}`);
      }
    }
    rendered.delete(' Namespace');
    assert.deepEqual(spec.namespaceResourceWhitelist.map(({ group, kind }) => `${group} ${kind}`).toSorted(), [...rendered].toSorted());
  });
});

test('every file of install/ is YAML without duplicates or warnings', () => {
  const files = globSync('install/**/*.yaml', { cwd: ROOT });
  assert.ok(files.length > 20);
  for (const file of files) {
    for (const document of parseAllDocuments(readFileSync(join(ROOT, file), 'utf8')))
      assert.deepEqual([...document.errors, ...document.warnings], [], file);
  }
});
