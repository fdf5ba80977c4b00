/** The real Ollama, run as the rendered container runs it: the same variables, the pod's user, a home of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { render } from '../../src/index.ts';
import type { Container } from '../../src/kube/types.ts';
import { AS_POD_USER, isRoot, POD_GID, POD_UID } from '../../test/pod/support/pod-user.ts';

const INSTANCE = {
  apiVersion: 'openclaw.rocks/v1alpha1',
  kind: 'OpenClawInstance',
  metadata: { name: 'bot', namespace: 'agents' },
  spec: { ollama: { enabled: true }, security: { caBundle: { configMapName: 'ca' } } },
};
const STARTS_WITHIN_MILLISECONDS = 30_000;

export interface OllamaOptions {
  /** An executable that the pod's user can reach. */
  readonly program: string;
  /** Takes the place of the container's home. */
  readonly home: string;
  /** PEM file of the authority to trust; the machine's own without it. */
  readonly caFile?: string;
  /** Variables that the manifest has and this run goes without. */
  readonly without?: readonly string[];
  /** Any free one unless given. */
  readonly port?: number;
}

export class RealOllama {
  readonly api: string;
  readonly port: number;
  readonly #program: string;
  readonly #container: Container;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #log = '';

  /** Returns once the rendered startup probe passes. */
  static async start(options: OllamaOptions): Promise<RealOllama> {
    const models = join(options.home, '.ollama');
    if (!existsSync(models)) {
      mkdirSync(models);
      if (isRoot()) chownSync(models, POD_UID, POD_GID);
    }
    const ollama = new RealOllama(renderedContainer(), options, options.port ?? (await freePort()));
    const end = performance.now() + STARTS_WITHIN_MILLISECONDS;
    while (!ollama.passesProbe()) {
      if (performance.now() > end) throw new Error(`Ollama does not start:\n${ollama.log}`);
      await sleep(100);
    }
    return ollama;
  }

  private constructor(container: Container, { program, home, caFile, without = [] }: OllamaOptions, port: number) {
    this.#program = program;
    this.#container = container;
    this.port = port;
    this.api = `http://127.0.0.1:${port}`;
    const here: Readonly<Record<string, string>> = {
      HOME: home,
      OLLAMA_HOST: `127.0.0.1:${port}`,
      ...(caFile === undefined ? {} : { SSL_CERT_FILE: caFile }),
    };
    const variables = (container.env ?? []).flatMap(({ name, value = '' }): [string, string][] => {
      if (without.includes(name) || (name === 'SSL_CERT_FILE' && caFile === undefined)) return [];
      return [[name, here[name] ?? value]];
    });
    this.#environment = { PATH: dirname(program), ...Object.fromEntries(variables) };
    this.#child = spawn(program, ['serve'], { ...AS_POD_USER, env: this.#environment, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', (text) => (this.#log += String(text)));
    this.#exited = new Promise((resolve) => this.#child.once('exit', resolve));
  }

  get log(): string {
    return this.#log;
  }

  /** Runs the command of the rendered startup probe, as the kubelet would in the container. */
  passesProbe(): boolean {
    const [, ...args] = this.#container.startupProbe?.exec?.command ?? [];
    return spawnSync(this.#program, args, { ...AS_POD_USER, env: this.#environment }).status === 0;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.#child.kill(signal);
    await this.#exited;
  }
}

function renderedContainer(): Container {
  const { objects } = render([{ name: 'bot.yaml', bytes: new TextEncoder().encode(JSON.stringify(INSTANCE)) }]);
  for (const object of objects) {
    if (object['kind'] !== 'StatefulSet') continue;
    const { spec } = object as unknown as {
      readonly spec: { readonly template: { readonly spec: { readonly initContainers: readonly Container[] } } };
    };
    const found = spec.template.spec.initContainers.find(({ name }) => name === 'ollama');
    if (found !== undefined) return found;
  }
  throw new Error('nothing rendered runs Ollama');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
