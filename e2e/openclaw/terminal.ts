/** The web terminal of the case of that name: the real ttyd, its login, and somebody who types. */
import type { KubeObject, Secret } from '../../src/kube/types.ts';
import type { ContainerImage } from '../pod-runner/container-image.ts';
import { debianRoot } from '../tools/debian.ts';
import type { Agent } from './agent.ts';
import { openWebSocket, type OpenWebSocket } from './websocket.ts';

export const TERMINAL_PORT = 7681;
export const TERMINAL_SECRET = 'terminal-login';
export const TERMINAL_LOGIN = { username: 'ada', password: 'correct horse' };

const HOST = `localhost:${TERMINAL_PORT}`;
const TIMEOUT_MILLISECONDS = 20_000;

/** The oldest release of Debian that has ttyd, with what else is in the image, and what the pod runner needs in one. */
const PACKAGES = ['ttyd', 'tini', 'dash', 'coreutils', 'util-linux'];

export function ttydRoot(): Promise<string> {
  return debianRoot('forky', PACKAGES);
}

export async function ttydImage(): Promise<ContainerImage> {
  return {
    matches: (reference) => /^docker\.io\/tsl0922\/ttyd[:@]/.test(reference),
    base: await ttydRoot(),
    contains: [],
    links: [],
    entrypoint: ['tini', '--'],
    cmd: ['ttyd', '-W', 'bash'],
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    workingDir: '/root',
    user: { name: 'root', uid: 0, gid: 0, home: '/root' },
    stopSignal: 'SIGTERM',
  };
}

interface Login {
  readonly username: string;
  readonly password: string;
}

export function loginSecret(login: Login): Secret & KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: TERMINAL_SECRET, namespace: 'agents' },
    data: Object.fromEntries(Object.entries(login).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
  };
}

/** What a browser sends that has opened the terminal through a port-forward; nobody is signed in with null. */
export function browserHeaders(login: Login | null, origin: string | null = `http://${HOST}`): Record<string, string> {
  return {
    Host: HOST,
    ...(login === null ? {} : { Authorization: `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}` }),
    ...(origin === null ? {} : { Origin: origin }),
  };
}

export interface Terminal {
  /** What the shell says to `line`. */
  readonly answerTo: (line: string) => Promise<string>;
  /** Ends, with the reason, when the terminal does. */
  readonly closed: Promise<string>;
  readonly close: () => void;
}

/** A shell, as the page of ttyd opens one. */
export async function openTerminal(agent: Agent, headers: Readonly<Record<string, string>>): Promise<Terminal> {
  let output = '';
  let heard = (): void => {};
  let ended: (reason: string) => void;
  const closed = new Promise<string>((resolve) => (ended = resolve));
  const events = {
    onMessage: (text: string): void => {
      if (text.startsWith('0')) output += text.slice(1).replaceAll('\r', '');
      heard();
    },
    onClose: (reason: string): void => ended(reason),
  };
  const socket: OpenWebSocket = await openWebSocket(
    agent.forwarded(TERMINAL_PORT),
    { ...headers, 'Sec-WebSocket-Protocol': 'tty' },
    events,
    '/ws',
  );
  socket.send(JSON.stringify({ AuthToken: '', columns: 80, rows: 24 }));
  const answerTo = (line: string): Promise<string> =>
    new Promise((resolve, reject) => {
      output = '';
      const timer = setTimeout(() => reject(new Error(`the terminal said only ${JSON.stringify(output)}`)), TIMEOUT_MILLISECONDS);
      heard = (): void => {
        // What is typed is shown too, and the prompt where it likes.
        const answer = /\nbegin\n([^]*)\nend\n/.exec(output)?.[1];
        if (answer === undefined) return;
        clearTimeout(timer);
        resolve(answer);
      };
      socket.send(`0echo; echo begin; ${line}; echo; echo end\n`);
      void closed.then((reason) => {
        clearTimeout(timer);
        reject(new Error(reason));
      });
    });
  return { answerTo, closed, close: socket.close };
}
