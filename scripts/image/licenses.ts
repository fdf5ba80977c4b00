/** Licences of what others wrote, which ask to be handed on with it. */
import { copyFileSync, globSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** As projects name them, in any case, in every directory: some have code of others with a licence of its own. */
const NAMES = /(^|\/)(un)?(licen[cs]e|copying|copyright|notice|patents)([.-][^/]*)?$/i;
const PROGRAMS = /\.(go|js|ts|cjs|mjs)$/;

/** Copies those in `sources` to `target`; what has none must not be handed on unnoticed. */
export function copyLicenses(sources: string, target: string): void {
  const files = globSync('**/*', { cwd: sources, exclude: (path) => /(^|\/)node_modules$/.test(path) });
  const found = files.filter((path) => NAMES.test(path) && !PROGRAMS.test(path));
  if (found.length === 0) throw new Error(`${sources} has no licence`);
  for (const path of found) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    copyFileSync(join(sources, path), join(target, path));
  }
}
