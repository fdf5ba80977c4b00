import { isJsonObject, valueAt, type Json, type JsonObject } from '../../lib/json.ts';
import type { Path } from '../../parse/source.ts';
import { configPlace, pointer } from '../config-place.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

interface NeededPlugin {
  readonly id: string;
  /** Subject and verb of the message. */
  readonly needs: string;
  /** Whether the spec asks for what needs the plugin; null when it is off. */
  readonly demand: (context: RuleContext) => 'asked' | 'default' | null;
}

const NEEDED: readonly NeededPlugin[] = [
  {
    id: 'diagnostics-otel',
    needs: 'metrics need',
    demand: ({ instance, resolved: { metrics } }) => {
      if (!metrics.enabled || !metrics.exports) return null;
      return instance.spec.observability?.metrics?.enabled === true ? 'asked' : 'default';
    },
  },
  { id: 'browser', needs: 'the browser needs', demand: ({ instance }) => (instance.spec.chromium?.enabled === true ? 'asked' : null) },
  { id: 'ollama', needs: 'Ollama needs', demand: ({ instance }) => (instance.spec.ollama?.enabled === true ? 'asked' : null) },
];

function lists(value: Json | undefined, id: string): boolean {
  return Array.isArray(value) && value.includes(id);
}

/** Where and how the configuration keeps a plugin out; an empty allow list is none. */
function blocks(plugins: JsonObject, id: string): { readonly path: Path; readonly how: string }[] {
  const found: { path: Path; how: string }[] = [];
  const { allow, deny, enabled } = plugins;
  if (enabled === false) found.push({ path: ['plugins', 'enabled'], how: `keeps "${id}" out` });
  if (Array.isArray(allow) && allow.length > 0 && !lists(allow, id)) found.push({ path: ['plugins', 'allow'], how: `leaves "${id}" out` });
  if (lists(deny, id)) found.push({ path: ['plugins', 'deny'], how: `keeps "${id}" out` });
  const entry = ['plugins', 'entries', id, 'enabled'];
  if (valueAt(plugins, ...entry.slice(1)) === false) found.push({ path: entry, how: `keeps "${id}" out` });
  return found;
}

export const pluginBlocked: Rule = {
  id: 'plugin-blocked',
  severity: 'error',
  summary: 'The configuration keeps a plugin out that something in the spec needs; a warning for what is only on by default.',
  hint: 'let the plugin in, or switch off what needs it',
  check(context: RuleContext) {
    const plugins = valueAt(context.resolved.config.base, 'plugins');
    if (!isJsonObject(plugins)) return [];
    const findings: Finding[] = [];
    const named = context.resolved.plugins.map(({ id }): NeededPlugin => ({ id, needs: 'spec.plugins names', demand: () => 'asked' }));
    for (const { id, needs, demand } of [...NEEDED, ...named]) {
      const wanted = demand(context);
      if (wanted === null) continue;
      for (const { path, how } of blocks(plugins, id)) {
        const message = `${pointer(path)} of the configuration ${how}, and ${needs} it; expected it to be let in`;
        findings.push({ ...configPlace(context, path), severity: wanted === 'asked' ? 'error' : 'warning', message });
      }
    }
    return findings;
  },
};
