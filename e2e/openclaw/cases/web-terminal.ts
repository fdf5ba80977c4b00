import { fileURLToPath } from 'node:url';
import type { Secret } from '../../../src/kube/types.ts';
import type { ContainerImage } from '../../pod-runner/container-image.ts';
import type { AgentCase } from '../agent-case.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { terminalAnswers } from '../checks/terminal-answers.ts';
import { terminalOnLoopback } from '../checks/terminal-on-loopback.ts';
import { instance } from '../instance.ts';
import { TERMINAL_LOGIN, TERMINAL_PORT } from '../terminal.ts';

const STAND_IN = fileURLToPath(import.meta.resolve('../stand-in-ttyd.ts'));

const ttydImage: ContainerImage = {
  matches: (reference) => /^docker\.io\/tsl0922\/ttyd[:@]/.test(reference),
  contains: [
    { source: process.execPath, target: '/usr/local/bin/node' },
    { source: STAND_IN, target: '/opt/ttyd/stand-in-ttyd.ts' },
  ],
  links: [{ path: '/usr/local/bin/ttyd', target: '/opt/ttyd/stand-in-ttyd.ts' }],
  entrypoint: ['tini', '--'],
  cmd: ['ttyd', '-W', 'bash'],
  env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
  workingDir: '/',
  user: { name: 'root', uid: 0, gid: 0, home: '/root' },
  stopSignal: 'SIGTERM',
};

const LOGIN = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'terminal-login', namespace: 'agents' },
  data: Object.fromEntries(Object.entries(TERMINAL_LOGIN).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
} satisfies Secret;

/** A terminal beside the agent, with a login. */
export const webTerminalCase: AgentCase = {
  name: 'web-terminal',
  instance: (version) => instance(version, { webTerminal: { enabled: true, credential: { secretRef: { name: 'terminal-login' } } } }),
  inCluster: [LOGIN],
  images: async () => [ttydImage],
  leftOut: ['otel-collector'],
  forwardedPorts: [TERMINAL_PORT],
  checks: [...ON_START, terminalAnswers, terminalOnLoopback, ...ON_END],
};
