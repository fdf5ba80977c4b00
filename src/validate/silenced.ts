/**
 * Silencing: an annotation of an instance names a rule and says why its warnings about this instance are not wanted. Errors cannot
 * be silenced, an annotation without a reason is refused, and one that silences nothing is told, so that none outlives its cause.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearest } from '../lib/nearest.ts';
import { IMMUTABLE_CHANGE, SILENCE_PREFIX, type Instance } from '../resolve/instance.ts';
import { safelyQuoted } from './safely-quoted.ts';

export const SILENCE_RULE = {
  id: 'silence',
  severity: 'error',
  summary: 'An annotation that silences a rule names none, gives no reason, or silences nothing.',
  hint: `write ${SILENCE_PREFIX}RULE: the reason, for a rule that warns`,
} as const;

/** What only `render --out` finds, in the directory that it writes: here nobody knows whether it has something to say. */
const FOUND_WHEN_WRITING = IMMUTABLE_CHANGE;

/** `found` without the warnings that `instance` silences, and with what is wrong about the silencing. */
export function silenced(found: readonly Diagnostic[], instance: Instance, ruleIds: readonly string[]): Diagnostic[] {
  const annotations = Object.entries(instance.annotations).filter(([key]) => key.startsWith(SILENCE_PREFIX));
  if (annotations.length === 0) return [...found];
  const quiet = new Set<string>();
  const problems: Diagnostic[] = [];
  for (const [key, reason] of annotations) {
    const rule = key.slice(SILENCE_PREFIX.length);
    const say = (message: string, part: 'key' | 'value', hint: string = SILENCE_RULE.hint): void => {
      const location = instance.source.locate(['metadata', 'annotations', key], part);
      problems.push({ severity: 'error', rule: SILENCE_RULE.id, message, hint, location });
    };
    if (rule !== FOUND_WHEN_WRITING && !ruleIds.includes(rule)) {
      const near = nearest(rule, ruleIds);
      say(`${safelyQuoted(rule)} is not the id of a rule about instances`, 'key', near === null ? undefined : `did you mean "${near}"?`);
    } else if (reason.trim() === '') {
      say(`"${rule}" is silenced without a reason`, 'value', 'say why, for those who read this later');
    } else if (found.some((diagnostic) => diagnostic.rule === rule && diagnostic.severity === 'warning')) {
      quiet.add(rule);
    } else if (rule === FOUND_WHEN_WRITING) {
      continue;
    } else if (found.some((diagnostic) => diagnostic.rule === rule)) {
      say(`"${rule}" finds an error, which cannot be silenced`, 'key', 'mend what it finds');
    } else {
      problems.push({
        severity: 'warning',
        rule: SILENCE_RULE.id,
        message: `"${rule}" has nothing to say about this instance`,
        hint: 'delete the annotation',
        location: instance.source.locate(['metadata', 'annotations', key], 'key'),
      });
    }
  }
  return [...found.filter(({ rule, severity }) => severity === 'error' || !quiet.has(rule)), ...problems];
}
