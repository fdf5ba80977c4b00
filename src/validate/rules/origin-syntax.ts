import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

/** Browsers send an origin in exactly one spelling, and OpenClaw compares texts. */
export const originSyntax: Rule = {
  id: 'origin-syntax',
  severity: 'error',
  summary: 'An entry of gateway.controlUiOrigins is not an origin: the Control UI could not be opened from there.',
  hint: 'write scheme, host in lower case and port if it is not the usual one; no "/" at the end',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const [index, origin] of (spec.gateway?.controlUiOrigins ?? []).entries()) {
      const path = ['spec', 'gateway', 'controlUiOrigins', index];
      if (origin === '' || origin === '*' || ORIGIN.test(origin)) continue;
      findings.push({ path, message: `${safelyQuoted(origin)} is not an origin; expected a form such as "https://bot.example.com"` });
    }
    return findings;
  },
};
