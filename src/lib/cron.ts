/** Cron schedules as the CronJob controller reads them: five fields or a descriptor, Sunday is 0, no time zone. */
import { goDurationSeconds } from './duration.ts';

interface Field {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly words?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FIELDS: readonly Field[] = [
  { name: 'minute', first: 0, last: 59 },
  { name: 'hour', first: 0, last: 23 },
  { name: 'day of the month', first: 1, last: 31 },
  { name: 'month', first: 1, last: 12, words: MONTHS },
  { name: 'day of the week', first: 0, last: 6, words: DAYS },
];

const DESCRIPTORS: ReadonlySet<string> = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

function numberIn(text: string, { first, last, words }: Field): number | null {
  const word = words?.indexOf(text.toLowerCase()) ?? -1;
  if (word >= 0) return first + word;
  if (!/^\d{1,4}$/.test(text)) return null;
  const number = Number(text);
  return number >= first && number <= last ? number : null;
}

function isTerm(term: string, field: Field): boolean {
  const [range = '', step, ...more] = term.split('/');
  if (more.length > 0) return false;
  if (step !== undefined && (!/^\d{1,4}$/.test(step) || Number(step) === 0)) return false;
  if (range === '*' || range === '?') return true;
  const [from = '', to, ...others] = range.split('-');
  if (others.length > 0) return false;
  const start = numberIn(from, field);
  if (start === null) return false;
  if (to === undefined) return true;
  const end = numberIn(to, field);
  return end !== null && end >= start;
}

/** What is wrong with a schedule, as a part of a sentence, or null when nothing is. */
export function cronProblem(schedule: string): string | null {
  if (/^(?:CRON_)?TZ=/.test(schedule)) return 'sets a time zone, which Kubernetes refuses in a schedule';
  if (schedule.startsWith('@')) {
    if (DESCRIPTORS.has(schedule)) return null;
    const every = /^@every (.+)$/.exec(schedule)?.[1];
    if (every !== undefined && (goDurationSeconds(every) ?? 0) > 0) return null;
    return 'is no schedule that cron knows by name';
  }
  const texts = schedule.trim() === '' ? [] : schedule.trim().split(/\s+/);
  if (texts.length !== FIELDS.length) return `has ${texts.length} ${texts.length === 1 ? 'field' : 'fields'}`;
  for (const [index, field] of FIELDS.entries()) {
    const text = texts[index] as string;
    if (text.split(',').every((term) => isTerm(term, field))) continue;
    const shown = text.length <= 20 ? text : `${text.slice(0, 19)}…`;
    return `has ${JSON.stringify(shown)} as ${field.name} (${field.first} to ${field.last})`;
  }
  return null;
}
