import { nearest } from '../../lib/nearest.ts';
import { MOVED_KEYS, TOP_LEVEL_KEYS } from '../config-keys.ts';
import { configPlace } from '../config-place.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const KNOWN: ReadonlySet<string> = new Set(TOP_LEVEL_KEYS);

function hintFor(key: string): string | undefined {
  const moved = MOVED_KEYS.get(key);
  if (moved !== undefined) return `OpenClaw has this under ${moved}`;
  const near = nearest(key, TOP_LEVEL_KEYS);
  return near === null ? undefined : `did you mean ${near}?`;
}

/** POD-335, ARD-157, W-46: with the list of today, and for JSON5 too, since it is read here. */
export const configKeyUnknown: Rule = {
  id: 'config-key-unknown',
  severity: 'warning',
  summary: 'The configuration has a top-level key that OpenClaw does not know: a gateway stops at an unknown key.',
  hint: 'delete it, or correct its spelling',
  check(context: RuleContext) {
    return Object.keys(context.resolved.config.base)
      .filter((key) => !KNOWN.has(key))
      .map((key) => {
        const hint = hintFor(key);
        const message = `${safelyQuoted(key)} is not a top-level key of OpenClaw's configuration; expected one that is`;
        return { ...configPlace(context, [key]), part: 'key' as const, message, ...(hint === undefined ? {} : { hint }) };
      });
  },
};
