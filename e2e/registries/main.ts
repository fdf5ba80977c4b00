/**
 * `npm run e2e:registries`: the built program locks images in four real registries and pushes manifests to them, which differ in how
 * they list tags, in what they know of referrers, and in how they want to be signed in to; fronts of this process limit rates and speak TLS. Builds what
 * no package gives with Go into a cache the first time. Any failure exits 1; nothing is ever skipped.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from '../cluster/report.ts';
import { checkPasswords, checkTokens } from './checks/credentials.ts';
import { checkLists } from './checks/lists.ts';
import { checkLockAndRender } from './checks/lock-and-render.ts';
import { checkNpmPackages } from './checks/npm-packages.ts';
import { checkOneDigest, checkPush, checkPushPasswords, checkPushTokens } from './checks/push.ts';
import { checkRateLimits } from './checks/rate-limits.ts';
import { checkSkillPacks } from './checks/skill-packs.ts';
import { checkTlsAndProxy } from './checks/tls-and-proxy.ts';
import { GUARDED, REGISTRIES, startRegistry } from './real-registries.ts';

const start = performance.now();
const root = mkdtempSync(join(tmpdir(), 'openclaw-gitops-registries-'));
let directories = 0;
function freshDirectory(): string {
  directories += 1;
  const directory = join(root, String(directories));
  mkdirSync(directory);
  return directory;
}

let failures = 0;
/** Of the same manifests, wherever they were pushed. */
const digests = new Set<string>();
try {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../scripts/build.ts'), '--if-stale'], { stdio: 'inherit' });
  for (const name of REGISTRIES) {
    const server = await startRegistry(name, freshDirectory());
    try {
      failures += await report(`${name}: lock and render`, () => checkLockAndRender(server.host, freshDirectory()));
      failures += await report(`${name}: push`, () => checkPush(server.host, freshDirectory(), digests));
      failures += await report(`${name}: lists`, () => checkLists(server.host, freshDirectory()));
      failures += await report(`${name}: rate limits`, () => checkRateLimits(server.host, freshDirectory()));
      failures += await report(`${name}: TLS and a proxy`, () => checkTlsAndProxy(server.host, freshDirectory()));
      if (name !== 'ocireg') continue;
      // They are the same beside all of them.
      failures += await report('git: skill packs', () => checkSkillPacks(server.host, freshDirectory()));
      failures += await report('npm: skills and plugins', () => checkNpmPackages(server.host, freshDirectory()));
    } finally {
      await server.stop();
    }
  }
  for (const name of GUARDED) {
    failures += await report(`${name}: tokens`, () => checkTokens(name, freshDirectory()));
    failures += await report(`${name}: push with tokens`, () => checkPushTokens(name, freshDirectory()));
    failures += await report(`${name}: push with a password`, () => checkPushPasswords(name, freshDirectory()));
    failures += await report(`${name}: passwords`, () => checkPasswords(name, freshDirectory()));
  }
  failures += await report('push: the digest', () => checkOneDigest(digests));
} finally {
  rmSync(root, { recursive: true, force: true });
}
console.log(`${failures === 0 ? 'passed' : `${failures} failures`}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
process.exitCode = failures === 0 ? 0 : 1;
