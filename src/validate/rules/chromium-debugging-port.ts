import { CDP_PORT, switchNamed } from '../../resolve/chromium.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['', '127.0.0.1', 'localhost', '::1', '[::1]']);

/** What is wrong with an argument; null for nothing. */
function problemOf(arg: string, isHeadlessShell: boolean): string | null {
  const address = switchNamed(arg, 'remote-debugging-address');
  if (address !== null && !LOOPBACK.has(address))
    return 'opens the browser to others, and its protocol knows no password; expected the loopback address';
  // Another image may have a bridge of its own in front of the browser.
  if (!isHeadlessShell) return null;
  const port = switchNamed(arg, 'remote-debugging-port');
  if (port !== null && port !== String(CDP_PORT)) return `moves the port where the agent looks for the browser; expected ${CDP_PORT}`;
  if (switchNamed(arg, 'remote-debugging-pipe') !== null) return 'takes the browser from its port; expected it to listen there';
  return arg === '--' ? 'ends the switches, and ours come last; expected a switch' : null;
}

export const chromiumDebuggingPort: Rule = {
  id: 'chromium-debugging-port',
  severity: 'error',
  summary: "An argument moves the browser's debugging port, or opens it to others.",
  hint: 'delete the argument',
  check({ instance: { spec }, resolved: { chromium } }: RuleContext) {
    if (chromium === null) return [];
    return (spec.chromium?.extraArgs ?? []).flatMap((arg, index) => {
      const problem = problemOf(arg, chromium.isHeadlessShell);
      return problem === null ? [] : [{ path: ['spec', 'chromium', 'extraArgs', index], message: `${safelyQuoted(arg)} ${problem}` }];
    });
  },
};
