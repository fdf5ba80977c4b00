/**
 * Argo CD without its web server: the real repo-server, plugin server and application controller, with Redis, as processes beside an
 * API server. The plugin server runs our plugin.yaml and our built program; the settings are Argo CD's own and those of our component.
 */
import { copyFileSync, chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { cmpServer } from '../argocd/cmp-server.ts';
import type { ApiClient, ApiObject } from '../cluster/api-client.ts';
import { writeKubeconfig } from '../cluster/kubeconfig.ts';
import { ARGOCD_VERSIONS } from '../tools/engine-versions.ts';
import { accepts, freePort, startServer } from '../registries/server-process.ts';
import { ARGOCD_TOOLCHAIN, binary } from '../tools/binary.ts';
import { goModuleDirectory, goModuleFile } from '../tools/go-module.ts';
import { startRedis } from './redis.ts';
import { applied } from './stage.ts';
import { withStarted, type Started } from './started.ts';

const COMPONENT = join(import.meta.dirname, '../../install/argocd/component');
const MODULE = `github.com/argoproj/argo-cd/v3@${ARGOCD_VERSIONS.newest}`;
/** Its settings as `cluster-install` brings them. */
const CONFIG = ['argocd-cm.yaml', 'argocd-rbac-cm.yaml', 'argocd-secret.yaml'];

/** Programs in its image that the repo-server calls for every revision. */
const SCRIPTS = ['git-verify-wrapper.sh'];

export const ARGOCD_NAMESPACE = 'argocd';

/** Serves the Applications in the namespace `argocd`, which must be there. */
export async function startArgoCd(client: ApiClient, directory: string): Promise<Started> {
  const engine = await binary('argocd-engine');
  const pluginServer = await binary('argocd-cmp-server');
  for (const file of CONFIG) {
    const text = await goModuleFile(MODULE, `manifests/base/config/${file}`, ARGOCD_TOOLCHAIN);
    const object = parse(text) as ApiObject;
    await applied(client, { ...object, metadata: { ...object.metadata, namespace: ARGOCD_NAMESPACE } });
  }
  const scripts = await scriptsIn(join(directory, 'scripts'));
  return await withStarted(async (servers) => {
    const run = async (name: string, flags: (host: string, port: string) => readonly string[], env: NodeJS.ProcessEnv): Promise<string> => {
      const own = join(directory, name);
      mkdirSync(own);
      const server = await startServer(
        (host) => [engine, name, '--loglevel=warn', ...flags(...(host.split(':') as [string, string]))],
        join(directory, `${name}.log`),
        accepts,
        { PATH: [scripts, process.env['PATH']].join(delimiter), HOME: own, TMPDIR: own, ...env },
      );
      return servers.add(server).host;
    };
    const redis = servers.add(await startRedis(join(directory, 'redis.log')));
    const plugin = servers.add(await cmpServer(pluginServer, join(directory, 'plugin')));
    const kubeconfig = join(directory, 'kubeconfig');
    await writeKubeconfig(kubeconfig, client.connection);
    const metricsPort = await freePort();
    const repoServer = await run(
      'repo-server',
      (address, port) => [
        `--address=${address}`,
        `--port=${port}`,
        `--metrics-address=${address}`,
        `--metrics-port=${metricsPort}`,
        `--redis=${redis.host}`,
        '--disable-tls',
        '--client-ca-path=',
        ...tarExclusions().map((glob) => `--plugin-tar-exclude=${glob}`),
      ],
      {
        ...sidecarSettings(),
        ARGOCD_PLUGINSOCKFILEPATH: join(plugin.socket, '..'),
        ARGOCD_ASK_PASS_SOCK: join(directory, 'ask-pass.sock'),
        // It wants gpg, and nothing here is signed.
        ARGOCD_GPG_ENABLED: 'false',
        ARGOCD_TLS_DATA_PATH: join(directory, 'tls'),
        ARGOCD_SSH_DATA_PATH: join(directory, 'ssh'),
      },
    );
    await run(
      'application-controller',
      (_address, port) => [
        `--kubeconfig=${kubeconfig}`,
        `--namespace=${ARGOCD_NAMESPACE}`,
        `--metrics-port=${port}`,
        `--redis=${redis.host}`,
        `--repo-server=${repoServer}`,
        '--repo-server-plaintext',
        // So that a failure tells which object it waits for.
        '--persist-resource-health',
      ],
      // Makes `https://kubernetes.default.svc`, the destination in our examples, the cluster of the kubeconfig.
      { ARGOCD_FAKE_IN_CLUSTER: 'true', KUBECONFIG: kubeconfig },
    );
    return { stop: servers.stop };
  });
}

async function scriptsIn(directory: string): Promise<string> {
  mkdirSync(directory);
  const module = await goModuleDirectory(MODULE, ARGOCD_TOOLCHAIN);
  for (const name of SCRIPTS) {
    copyFileSync(join(module, 'hack', name), join(directory, name));
    chmodSync(join(directory, name), 0o755);
  }
  return directory;
}

/** What the component sets for the repo-server by a ConfigMap. */
function tarExclusions(): readonly string[] {
  const { data } = parse(readFileSync(join(COMPONENT, 'settings.yaml'), 'utf8')) as { readonly data: Readonly<Record<string, string>> };
  const globs = data['reposerver.plugin.tar.exclusions'];
  if (globs === undefined) throw new Error('the component excludes nothing');
  return globs.split(';');
}

/** What it sets for the repo-server by variables. */
function sidecarSettings(): Readonly<Record<string, string>> {
  const { spec } = parse(readFileSync(join(COMPONENT, 'sidecar.yaml'), 'utf8')) as {
    readonly spec: {
      readonly template: {
        readonly spec: {
          readonly containers: readonly { readonly name: string; readonly env?: readonly { name: string; value: string }[] }[];
        };
      };
    };
  };
  const container = spec.template.spec.containers.find(({ name }) => name === 'argocd-repo-server');
  return Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
}
