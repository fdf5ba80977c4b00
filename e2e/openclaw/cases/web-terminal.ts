import type { AgentCase } from '../agent-case.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { terminalAnswers } from '../checks/terminal-answers.ts';
import { terminalLogin } from '../checks/terminal-login.ts';
import { terminalOnLoopback } from '../checks/terminal-on-loopback.ts';
import { terminalReadOnly } from '../checks/terminal-read-only.ts';
import { instance } from '../instance.ts';
import { loginSecret, TERMINAL_LOGIN, TERMINAL_PORT, TERMINAL_SECRET, ttydImage, ttydRoot } from '../terminal.ts';

/** A terminal beside the agent, with a login. */
export const webTerminalCase: AgentCase = {
  name: 'web-terminal',
  instance: (version) => instance(version, { webTerminal: { enabled: true, credential: { secretRef: { name: TERMINAL_SECRET } } } }),
  inCluster: [loginSecret(TERMINAL_LOGIN)],
  install: ttydRoot,
  images: async () => [await ttydImage()],
  leftOut: ['otel-collector'],
  forwardedPorts: [TERMINAL_PORT],
  checks: [...ON_START, terminalAnswers, terminalOnLoopback, terminalLogin, ...ON_END],
  checksOfOtherPods: [terminalReadOnly],
};
