import { isJsonObject, type Json } from '../../lib/json.ts';
import type { Path } from '../../parse/source.ts';
import { configPlace, pointer } from '../config-place.ts';
import type { Rule, RuleContext } from '../rule.ts';

function dangerous(value: Json, path: Path): Path[] {
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => dangerous(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key.startsWith('dangerously') && item === true ? [[...path, key]] : dangerous(item, [...path, key]),
  );
}

export const configDangerousFlag: Rule = {
  id: 'config-dangerous-flag',
  severity: 'warning',
  summary: 'The configuration sets a switch whose name begins with "dangerously".',
  hint: 'remove it, unless you know what it gives up',
  check(context: RuleContext) {
    return dangerous(context.resolved.config.base, []).map((path) => ({
      ...configPlace(context, path),
      message: `${pointer(path)} of the configuration switches a protection of OpenClaw off; expected it on`,
    }));
  },
};
