/** OpenTelemetry's own SDK for Node, with which OpenClaw's plugin exports: the exporter's wire is the plugin's wire. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installation } from './cache.ts';
import { installFromNpm } from './install.ts';

const PACKAGES = {
  '@opentelemetry/exporter-metrics-otlp-proto': '0.211.0',
  '@opentelemetry/resources': '2.5.0',
  '@opentelemetry/sdk-metrics': '2.5.0',
};

/** A directory from which the SDK can be required. */
export const OPENTELEMETRY = installation(`opentelemetry-${PACKAGES['@opentelemetry/sdk-metrics']}`);

export function installOpenTelemetry(): void {
  installFromNpm(
    OPENTELEMETRY,
    Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`),
    (directory) => existsSync(join(directory, 'node_modules/.package-lock.json')),
  );
}
