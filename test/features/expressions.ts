/** The PromQL of what an instance renders. */
import type { JsonObject } from '../../src/lib/json.ts';

export interface Expression {
  /** Alert, or panel of a dashboard. */
  readonly place: string;
  readonly expr: string;
}

interface Panel {
  readonly title: string;
  readonly panels?: readonly Panel[];
  readonly targets?: readonly { readonly expr: string }[];
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly current?: { readonly value: string } }[] };
}

export interface RuleGroups {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly for: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
    }[];
  }[];
}

/** The rule groups of every PrometheusRule among `objects`. */
export function ruleGroups(objects: readonly JsonObject[]): RuleGroups[] {
  return objects.filter(({ kind }) => kind === 'PrometheusRule').map(({ spec }) => spec as unknown as RuleGroups);
}

/** Every dashboard among `objects`, by its file. */
export function dashboards(objects: readonly JsonObject[]): Map<string, Dashboard> {
  const found = new Map<string, Dashboard>();
  for (const { kind, metadata, data } of objects) {
    const labels = (metadata as JsonObject)['labels'] as JsonObject | undefined;
    if (kind !== 'ConfigMap' || labels?.['grafana_dashboard'] === undefined) continue;
    for (const [file, text] of Object.entries(data as Record<string, string>)) found.set(file, JSON.parse(text) as Dashboard);
  }
  return found;
}

export function alertExpressions({ groups }: RuleGroups): Expression[] {
  return groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => ({ place: alert, expr })));
}

/** The queries of all panels with Grafana's variables filled in. */
export function panelExpressions({ panels, templating }: Dashboard): Expression[] {
  return panels.flatMap(expressionsOf);

  function expressionsOf({ title, targets = [], panels: inside = [] }: Panel): Expression[] {
    return [...targets.map(({ expr }) => ({ place: title, expr: filledIn(expr) })), ...inside.flatMap(expressionsOf)];
  }

  function filledIn(expr: string): string {
    let text = expr.replaceAll('$__rate_interval', '5m');
    for (const { name, current } of templating.list) {
      if (current !== undefined) text = text.replaceAll(`$${name}`, current.value);
    }
    return text;
  }
}

/** Names of the series that an expression selects; all of ours have a selector in braces. */
export function seriesOf(expr: string): string[] {
  return [...expr.matchAll(/([a-zA-Z_:][\w:]*)\{/g)].map(([, name]) => name as string);
}
