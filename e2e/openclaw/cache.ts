import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Of everything that this stage keeps between runs. */
export const CACHE = join(process.env['OPENCLAW_GITOPS_CACHE'] ?? join(homedir(), '.cache/openclaw-gitops'), 'openclaw');

/** Holds `node_modules/openclaw` of one release. */
export function installation(version: string): string {
  return join(CACHE, version);
}

/** The build that a release's page says it is; older ones do not. */
export function buildId(version: string): string | undefined {
  const file = join(installation(version), 'node_modules/openclaw/dist/build-info.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { buildId?: string }).buildId;
}

/** Holds npm and corepack, as the official Node images do. */
export const nodeTools = join(CACHE, 'node-tools/node_modules');

/** Holds the real pnpm as npm publishes it. */
export const pnpmPackage = join(CACHE, 'pnpm');

/** Where the logs of a failed case are kept. */
export function logDirectory(version: string, caseName: string): string {
  return join(CACHE, 'logs', `${version}-${caseName}`);
}
