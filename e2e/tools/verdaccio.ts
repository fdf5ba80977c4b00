/** Verdaccio, a real npm registry, installed from npm into the cache once. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '6.9.2';
const PROGRAM = 'node_modules/verdaccio/bin/verdaccio';

/** Path of its program, for node. */
export async function verdaccio(): Promise<string> {
  const cache = join(process.env['OPENCLAW_GITOPS_CACHE'] ?? join(homedir(), '.cache/openclaw-gitops'), 'npm');
  const directory = join(cache, `verdaccio-${VERSION}`);
  if (!existsSync(join(directory, PROGRAM))) {
    await mkdir(cache, { recursive: true });
    // Beside the place and renamed, so that an interrupted installation is not taken for one.
    const fresh = await mkdtemp(join(cache, '.verdaccio-'));
    // It asks for node-fetch by a tag that not every mirror of the registry has.
    const manifest = { private: true, dependencies: { verdaccio: VERSION }, overrides: { 'node-fetch': '2.7.0' } };
    await writeFile(join(fresh, 'package.json'), JSON.stringify(manifest));
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], { cwd: fresh });
    await rename(fresh, directory);
  }
  return join(directory, PROGRAM);
}
