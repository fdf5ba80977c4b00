/** Real servers on free loopback ports, ended by pid. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ServerProcess {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly stop: () => Promise<void>;
}

const READY_SECONDS = 60;

/** Starts `command` and waits until `isReady`: unless told, until `/v2/` of its port answers, whatever it answers. */
export async function startServer(
  command: (host: string) => readonly [string, ...string[]],
  logFile: string,
  isReady: (host: string) => Promise<boolean> = answers,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ServerProcess> {
  const host = `127.0.0.1:${await freePort()}`;
  const log = openSync(logFile, 'w');
  // The kernel ends it with us, however we end.
  const child = spawn('setpriv', ['--pdeathsig=KILL', '--', ...command(host)], { stdio: ['ignore', log, log], env });
  closeSync(log);
  const stop = async (): Promise<void> => {
    if (hasEnded(child)) return;
    const end = once(child, 'exit');
    child.kill('SIGKILL');
    await end;
  };
  for (const deadline = performance.now() + READY_SECONDS * 1000; performance.now() < deadline; await sleep(50)) {
    if (hasEnded(child)) break;
    if (await isReady(host)) return { host, stop };
  }
  await stop();
  throw new Error(`${command(host).join(' ')} does not answer:\n${readFileSync(logFile, 'utf8').split('\n').slice(-8).join('\n')}`);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function answers(host: string): Promise<boolean> {
  try {
    await (await fetch(`http://${host}/v2/`)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** For servers that do not speak HTTP. */
export function accepts(host: string): Promise<boolean> {
  const [address = '', port = ''] = host.split(':');
  return new Promise((resolve) => {
    const socket = connect(Number(port), address);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.end();
      resolve(true);
    });
  });
}

/** A port that nobody listens on, for servers that want a second one. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
