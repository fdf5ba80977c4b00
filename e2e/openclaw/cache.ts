import { homedir } from 'node:os';
import { join } from 'node:path';

const CACHE = join(process.env['OPENCLAW_GITOPS_CACHE'] ?? join(homedir(), '.cache/openclaw-gitops'), 'openclaw');

/** Holds `node_modules/openclaw` of one release. */
export function installation(version: string): string {
  return join(CACHE, version);
}

/** Where the logs of a failed case are kept. */
export function logDirectory(version: string, caseName: string): string {
  return join(CACHE, 'logs', `${version}-${caseName}`);
}
