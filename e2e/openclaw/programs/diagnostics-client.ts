/**
 * Program: exports metrics as OpenClaw's plugin does, with the same SDK, and goes on until it is killed.
 * Arguments: a directory that has the SDK, the endpoint, and the instruments as JSON. Every counter rises with each export.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Instrument } from '../../../test/features/known-series.ts';

interface Meter {
  createCounter(name: string, options: object): { add(value: number, attributes: object): void };
  createHistogram(name: string, options: object): { record(value: number, attributes: object): void };
}

interface Sdk {
  readonly MeterProvider: new (options: object) => { getMeter(name: string): Meter };
  readonly PeriodicExportingMetricReader: new (options: object) => object;
}

const EXPORT_MILLISECONDS = 500;
/** What an attribute says where it matters; others say their own name. */
const VALUES: Readonly<Record<string, string>> = { 'openclaw.outcome': 'error' };

const [directory = '', endpoint = '', instruments = '[]'] = process.argv.slice(2);
const load = createRequire(join(directory, 'package.json'));
const { MeterProvider, PeriodicExportingMetricReader } = load('@opentelemetry/sdk-metrics') as Sdk;
const { OTLPMetricExporter } = load('@opentelemetry/exporter-metrics-otlp-proto') as {
  OTLPMetricExporter: new (options: object) => object;
};
const { resourceFromAttributes } = load('@opentelemetry/resources') as { resourceFromAttributes: (attributes: object) => object };

const provider = new MeterProvider({
  resource: resourceFromAttributes({ 'service.name': 'openclaw' }),
  readers: [
    new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter({ url: `${endpoint}/v1/metrics` }),
      exportIntervalMillis: EXPORT_MILLISECONDS,
      exportTimeoutMillis: EXPORT_MILLISECONDS,
    }),
  ],
});
const meter = provider.getMeter('openclaw');
const emitters = (JSON.parse(instruments) as readonly Instrument[]).map(({ name, kind, unit, attributes }) => {
  const values = Object.fromEntries(attributes.map((attribute) => [attribute, VALUES[attribute] ?? attribute]));
  if (kind === 'counter') {
    const counter = meter.createCounter(name, { unit });
    return () => counter.add(1, values);
  }
  const histogram = meter.createHistogram(name, { unit });
  return () => histogram.record(100, values);
});
setInterval(() => {
  for (const emit of emitters) emit();
}, EXPORT_MILLISECONDS / 2);
