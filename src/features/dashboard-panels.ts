/** The forms of a Grafana dashboard's panels. */
import type { JsonObject } from '../lib/json.ts';

/** Grafana reads it from the variable of the dashboard; written without braces, which Flux would take for its own. */
const DATASOURCE: JsonObject = { type: 'prometheus', uid: '$datasource' };

export interface Query {
  readonly expr: string;
  /** Name of its series, with labels in double braces. */
  readonly legend: string;
}

/** A panel without its place; `dashboardPanels` gives that. */
export interface Panel {
  readonly title: string;
  readonly description?: string;
  /** Of the 24 columns. */
  readonly width: number;
  readonly height: number;
  readonly body: JsonObject;
}

export interface Row {
  readonly title: string;
  readonly collapsed: boolean;
  readonly panels: readonly Panel[];
}

function targets(queries: readonly Query[], instant: boolean): JsonObject[] {
  return queries.map(({ expr, legend }, index) => ({
    expr,
    legendFormat: legend,
    refId: 'ABCDEFGH'[index] as string,
    ...(instant ? { instant: true, range: false } : {}),
  }));
}

const SMALL = { width: 4, height: 4 } as const;
const WIDE = { width: 12, height: 8 } as const;
const LAST = { calcs: ['lastNotNull'] };
/** Where a share of what there is gets narrow. */
const FULLNESS = {
  mode: 'absolute',
  steps: [
    { color: 'green', value: null },
    { color: 'yellow', value: 0.8 },
    { color: 'red', value: 0.9 },
  ],
};

function settings(defaults: JsonObject): JsonObject {
  return { defaults, overrides: [] };
}

/** One number, green or red. */
export function stat(title: string, query: Query, good: 'zero' | 'one'): Panel {
  const [below, above] = good === 'zero' ? ['green', 'red'] : ['red', 'green'];
  const steps = [
    { color: below, value: null },
    { color: above, value: 1 },
  ];
  const fieldConfig = settings({ thresholds: { mode: 'absolute', steps } });
  const options = { colorMode: 'background', reduceOptions: LAST };
  return { title, ...SMALL, body: { type: 'stat', fieldConfig, options, targets: targets([query], true) } };
}

/** The name of a series instead of its value. */
export function seriesName(title: string, query: Query): Panel {
  const options = { colorMode: 'none', reduceOptions: LAST, textMode: 'name' };
  return { title, ...SMALL, body: { type: 'stat', options, targets: targets([query], true) } };
}

/** A share of what there is. */
export function gauge(title: string, query: Query): Panel {
  const fieldConfig = settings({ max: 1, min: 0, thresholds: FULLNESS, unit: 'percentunit' });
  return { title, ...SMALL, body: { type: 'gauge', fieldConfig, options: { reduceOptions: LAST }, targets: targets([query], true) } };
}

/** Lines over time. */
export function graph(title: string, unit: string, queries: readonly Query[], description?: string): Panel {
  const fieldConfig = settings({ custom: { fillOpacity: 10 }, unit });
  const options = { tooltip: { mode: 'multi' } };
  const body = { type: 'timeseries', fieldConfig, options, targets: targets(queries, false) };
  return { title, ...(description === undefined ? {} : { description }), ...WIDE, body };
}

/** The panels of all rows with ids and places; those of a collapsed row lie inside of it. */
export function dashboardPanels(rows: readonly Row[]): JsonObject[] {
  const found: JsonObject[] = [];
  let id = 0;
  let y = 0;
  for (const { title, collapsed, panels } of rows) {
    id += 1;
    const row = { id, type: 'row', title, collapsed, gridPos: { h: 1, w: 24, x: 0, y } };
    y += 1;
    let x = 0;
    let rowHeight = 0;
    const placed = panels.map(({ body, width, height, ...texts }): JsonObject => {
      if (x + width > 24) {
        x = 0;
        y += rowHeight;
      }
      id += 1;
      rowHeight = height;
      const panel = { id, ...texts, ...body, datasource: DATASOURCE, gridPos: { h: height, w: width, x, y } };
      x += width;
      return panel;
    });
    y += rowHeight;
    if (collapsed) found.push({ ...row, panels: placed });
    else found.push({ ...row, panels: [] }, ...placed);
  }
  return found;
}
