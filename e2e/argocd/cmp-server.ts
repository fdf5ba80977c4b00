/** The plugin server of Argo CD as a process, with our plugin.yaml and our built program. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');
const PROGRAM = join(ROOT, 'dist/openclaw-gitops.cjs');
/** What the sidecar's image has there. */
const INSTALLED = '/usr/local/bin/openclaw-gitops';

export interface CmpServer {
  readonly socket: string;
  /** Where it unpacks repositories. */
  readonly workDirectory: string;
  readonly stop: () => Promise<void>;
}

/** Serves from `directory`. */
export async function cmpServer(binary: string, directory: string): Promise<CmpServer> {
  const [config, sockets, workDirectory] = ['config', 'plugins', 'work'].map((name) => join(directory, name)) as [string, string, string];
  for (const path of [config, sockets, workDirectory]) mkdirSync(path, { recursive: true });
  const plugin = readFileSync(join(ROOT, 'plugin.yaml'), 'utf8');
  const command = [process.execPath, PROGRAM].map((word) => `- ${JSON.stringify(word)}`).join('\n    ');
  const ours = plugin.replace(`- ${INSTALLED}`, command);
  if (ours === plugin) throw new Error(`plugin.yaml does not run ${INSTALLED}`);
  writeFileSync(join(config, 'plugin.yaml'), ours);

  // The kernel ends it with us, however we end.
  const server = spawn('setpriv', ['--pdeathsig=KILL', '--', binary, '--config-dir-path', config], {
    env: { PATH: process.env['PATH'], HOME: directory, ARGOCD_PLUGINSOCKFILEPATH: sockets, ARGOCD_CMP_WORKDIR: workDirectory },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  server.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-10_000);
  });
  const socket = join(sockets, 'openclaw-v1.sock');
  for (let tries = 0; !existsSync(socket); tries += 1) {
    if (tries > 600 || server.exitCode !== null) throw new Error(`the plugin server does not start: ${log}`);
    await wait(50);
  }
  return { socket, workDirectory, stop };

  async function stop(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    // It waits for its own watchers on SIGTERM; nothing of it outlives the test.
    server.kill('SIGKILL');
    await ended;
  }
}
