import { goDurationSeconds, isPrometheusDuration } from '../../lib/duration.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { patterns, specPlaces, type Pattern } from '../spec-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const HOUR = 3600;

interface Bounded {
  readonly pattern: Pattern;
  readonly least: { readonly text: string; readonly seconds: number };
  readonly most: { readonly text: string; readonly seconds: number };
}

const BOUNDED: readonly Bounded[] = [
  { pattern: ['autoUpdate', 'checkInterval'], least: { text: '1h', seconds: HOUR }, most: { text: '168h', seconds: 168 * HOUR } },
  { pattern: ['autoUpdate', 'healthCheckTimeout'], least: { text: '2m', seconds: 120 }, most: { text: '30m', seconds: 1800 } },
  { pattern: ['backup', 'timeout'], least: { text: '5m', seconds: 300 }, most: { text: '24h', seconds: 24 * HOUR } },
];

const SCRAPE_INTERVAL = patterns('observability.metrics.serviceMonitor.interval');

/** ARD-150, ARD-151; ARD-152: the operator clamps the last one without a word. */
export const duration: Rule = {
  id: 'duration',
  severity: 'error',
  summary: 'A duration is not written as Go has it, or lies outside of its bounds.',
  hint: 'write numbers with the units h, m and s, such as "90s" or "1h30m"; there are no days',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const { pattern, least, most } of BOUNDED) {
      for (const { path, value } of specPlaces(spec, [pattern])) {
        const text = value as string;
        if (text === '') continue;
        const seconds = goDurationSeconds(text);
        const bounds = `expected ${least.text} to ${most.text}`;
        if (seconds === null) findings.push({ path, message: `${safelyQuoted(text)} is not a duration; ${bounds}` });
        else if (seconds < least.seconds) findings.push({ path, message: `${safelyQuoted(text)} is too short; ${bounds}` });
        else if (seconds > most.seconds) findings.push({ path, message: `${safelyQuoted(text)} is too long; ${bounds}` });
      }
    }
    for (const { path, value } of specPlaces(spec, SCRAPE_INTERVAL)) {
      const text = value as string;
      if (text === '' || isPrometheusDuration(text)) continue;
      findings.push({
        path,
        hint: 'write whole numbers with units, such as "30s" or "1m30s"',
        message: `${safelyQuoted(text)} is not a duration of Prometheus; expected a form such as "30s"`,
      });
    }
    return findings;
  },
};
