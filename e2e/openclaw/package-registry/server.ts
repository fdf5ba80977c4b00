/**
 * Program: stands in for the npm registry (below `/npm/`) and for ClawHub (below `/clawhub/`), neither of which a test may reach.
 * Arguments: the port on loopback, a file that breaks every connection as long as it exists, and a directory with the real pnpm.
 * Prints each request on a line of its own.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { hex, integrity, npmTarball, zip } from './archives.ts';
import { CLAWHUB_PLUGINS, CLAWHUB_SKILLS, NPM_PACKAGES, type Release } from './packages.ts';

const [portText = '', brokenFile = '', pnpmDirectory = ''] = process.argv.slice(2);
const port = Number(portText);
const origin = `http://127.0.0.1:${port}`;

createServer((request, response) => {
  const url = new URL(request.url ?? '/', origin);
  console.log(`${request.method} ${request.url}`);
  if (existsSync(brokenFile)) return request.socket.destroy();
  const path = decodeURIComponent(url.pathname);
  if (path.startsWith('/npm/pnpm')) return pnpm(path, response);
  if (path.startsWith('/npm/')) return npm(path.slice('/npm/'.length), response);
  if (!path.startsWith('/clawhub/api/v1/')) return missing(response);
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => clawHub(path.slice('/clawhub/api/v1/'.length), url.searchParams, body, response));
  return undefined;
}).listen(port, '127.0.0.1');

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function bytes(response: ServerResponse, value: Buffer, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream', ...headers }).end(value);
}

function missing(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
}

function latest(releases: readonly Release[]): Release | undefined {
  return releases.at(-1);
}

/** As npm has it, signature included, which corepack checks; only the address of the tarball is ours. */
function pnpm(path: string, response: ServerResponse): void {
  if (path.endsWith('.tgz')) return bytes(response, readFileSync(`${pnpmDirectory}/pnpm.tgz`));
  const { version, dist } = JSON.parse(readFileSync(`${pnpmDirectory}/manifest.json`, 'utf8')) as { version: string; dist: object };
  if (path !== `/npm/pnpm/${version}`) return missing(response);
  return json(response, { name: 'pnpm', version, dist: { ...dist, tarball: `${origin}/npm/pnpm/-/pnpm.tgz` } });
}

function npm(path: string, response: ServerResponse): void {
  const [name, file] = path.split('/-/');
  const releases = NPM_PACKAGES.filter((release) => release.name === name);
  if (releases.length === 0) return missing(response);
  if (file !== undefined) {
    const release = releases.find(({ version }) => file === `${version}.tgz`);
    return release === undefined ? missing(response) : bytes(response, npmTarball(release.files));
  }
  const versions = releases.map((release) => {
    const tarball = npmTarball(release.files);
    const dist = {
      tarball: `${origin}/npm/${name}/-/${release.version}.tgz`,
      integrity: integrity('sha512', tarball),
      shasum: hex('sha1', tarball),
    };
    return [release.version, { ...(JSON.parse(release.files['package.json'] ?? '{}') as object), dist }];
  });
  return json(response, { name, 'dist-tags': { latest: latest(releases)?.version }, versions: Object.fromEntries(versions) });
}

function clawHub(path: string, query: URLSearchParams, body: string, response: ServerResponse): void {
  const [kind, name = '', ...rest] = path.split('/');
  if (kind === 'skills' && name === '-' && rest[0] === 'security-verdicts') return json(response, { items: verdicts(body) });
  if (kind === 'skills') return skills(name, rest, query, response);
  if (kind === 'download') {
    const release = CLAWHUB_SKILLS.find((skill) => skill.name === query.get('slug') && skill.version === query.get('version'));
    return release === undefined ? missing(response) : bytes(response, zip(release.files));
  }
  if (kind !== 'packages') return missing(response);
  // A scoped name has a slash of its own.
  const parts = name.startsWith('@') ? [`${name}/${rest[0]}`, ...rest.slice(1)] : [name, ...rest];
  return packages(parts, response);
}

function skills(slug: string, rest: readonly string[], query: URLSearchParams, response: ServerResponse): void {
  const releases = CLAWHUB_SKILLS.filter((skill) => skill.name === slug && [null, skill.owner].includes(query.get('ownerHandle')));
  const newest = releases.at(-1);
  if (newest === undefined) return missing(response);
  const owner = { handle: newest.owner, displayName: newest.owner };
  if (rest.length === 0) {
    return json(response, {
      skill: { slug, displayName: slug, tags: {} },
      latestVersion: { version: newest.version, createdAt: 0 },
      owner,
    });
  }
  if (rest[0] === 'install') {
    const downloadUrl = `${origin}/clawhub/api/v1/download?slug=${slug}&version=${newest.version}`;
    return json(response, { ok: true, slug, installKind: 'archive', archive: { version: newest.version, downloadUrl } });
  }
  return missing(response);
}

function verdicts(body: string): object[] {
  const { items } = JSON.parse(body) as { items: { slug: string; ownerHandle?: string; version: string }[] };
  return items.map(({ slug, ownerHandle, version }) => {
    const release = CLAWHUB_SKILLS.find((skill) => skill.name === slug && skill.version === version);
    return {
      ok: release !== undefined,
      decision: release === undefined ? 'fail' : 'pass',
      reasons: [],
      requestedSlug: slug,
      requestedOwnerHandle: ownerHandle,
      requestedVersion: version,
      slug,
      version: release?.version ?? null,
      publisherHandle: release?.owner ?? null,
      overview: 'Nothing found.',
      securityAuditUrl: `${origin}/audit`,
      security: { status: 'clean', passed: true },
    };
  });
}

function packages([name = '', ...rest]: readonly string[], response: ServerResponse): void {
  const releases = CLAWHUB_PLUGINS.filter((release) => release.name === name);
  const newest = latest(releases);
  if (newest === undefined) return missing(response);
  const identity = { name, displayName: name, family: 'code-plugin', channel: 'community', isOfficial: false };
  const runtimeId = (JSON.parse(newest.files['openclaw.plugin.json'] ?? '{}') as { id: string }).id;
  if (rest.length === 0)
    return json(response, { package: { ...identity, runtimeId, latestVersion: newest.version, tags: { latest: newest.version } } });
  const release = releases.find(({ version }) => version === rest[1]);
  if (rest[0] !== 'versions' || release === undefined) return missing(response);
  const tarball = npmTarball(release.files);
  const facts = {
    sha256: hex('sha256', tarball),
    npmIntegrity: integrity('sha512', tarball),
    npmShasum: hex('sha1', tarball),
    size: tarball.byteLength,
  };
  const artifact = { kind: 'npm-pack', format: 'tgz', npmTarballName: `${name}-${release.version}.tgz`, ...facts };
  const version = { version: release.version, createdAt: 0, changelog: '', artifact, compatibility: { pluginApiRange: '>=2026.1.1' } };
  const route = rest.slice(2).join('/');
  if (route === '') return json(response, { package: identity, version });
  if (route === 'artifact') return json(response, { package: identity, version, artifact });
  if (route === 'artifact/download') {
    return bytes(response, tarball, { 'X-ClawHub-Artifact-Sha256': facts.sha256, 'X-ClawHub-Npm-Integrity': facts.npmIntegrity });
  }
  if (route === 'security') {
    return json(response, {
      package: identity,
      release: { version: release.version },
      overview: 'Nothing found.',
      securityAuditUrl: `${origin}/audit`,
      trust: { scanStatus: 'clean', moderationState: null, blockedFromDownload: false, reasons: [], pending: false, stale: false },
    });
  }
  return missing(response);
}
