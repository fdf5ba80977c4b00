/** What `push` brings into a registry is what `render` prints: as crane and GNU tar read it, and as Flux does. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../../cluster/report.ts';
import { binary } from '../../tools/binary.ts';
import { fluxPull } from '../../tools/flux.ts';
import { writeAgent } from '../agents.ts';
import { crane, openclawGitops, type Ran } from '../program.ts';
import { sha256 } from '../push.ts';
import { startRegistry, type GUARDED } from '../real-registries.ts';
import { byFile, byHelper, passwordAuth, written } from '../sign-ins.ts';
import { BASIC, startTokenServer } from '../token-server.ts';

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';

interface Pushed {
  readonly url: string;
  readonly repository: string;
  readonly digest: string;
  readonly pushed: boolean;
  readonly movedTags: readonly string[];
}

interface Manifest {
  readonly config: { readonly mediaType: string; readonly digest: string };
  readonly layers: readonly { readonly mediaType: string; readonly digest: string; readonly size: number }[];
  readonly annotations: Readonly<Record<string, string>>;
}

const REVISION = `main@sha1:${'3'.repeat(40)}`;
const PASSED = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: passed, namespace: agents}\ndata: {text: "ü"}\n';

/** Adds the digest of what is the same for every registry. */
export async function checkPush(host: string, directory: string, digests: Set<string>): Promise<CheckResult> {
  writeAgents(directory);
  const reference = `${host}/fleet/agents`;
  const first = pushedBy(await push(directory, host, 'v1', ['--tag', 'latest', '--revision', REVISION]));
  assert.deepEqual([first.pushed, first.movedTags, first.url], [true, ['latest'], `oci://${reference}@${first.digest}`]);
  for (const tag of ['v1', 'latest']) assert.equal(await crane(directory, ['digest', `${reference}:${tag}`]), first.digest);
  const manifest = JSON.parse(await crane(directory, ['manifest', `${reference}:v1`])) as Manifest;
  const [layer] = manifest.layers;
  assert.ok(layer !== undefined && manifest.layers.length === 1);
  assert.equal(layer.mediaType, 'application/vnd.oci.image.layer.v1.tar+gzip');
  assert.equal(manifest.annotations['org.opencontainers.image.revision'], REVISION);

  // What the configuration says of the content is so.
  const config = JSON.parse(await crane(directory, ['config', `${reference}:v1`])) as { rootfs: { diff_ids: string[] } };
  const exported = join(directory, 'exported');
  const files = await craneExport(`${reference}:v1`, exported, directory);
  const unpacked = execFileSync('gunzip', ['--stdout'], {
    input: await craneBlob(directory, `${reference}@${layer.digest}`),
    maxBuffer: 1 << 28,
  });
  assert.deepEqual(config.rootfs.diff_ids, [sha256(unpacked)]);
  const rendered = await openclawGitops(directory, ['render', 'agents']);
  assertSameManifests(files, rendered.out);

  const pulled = join(directory, 'pulled');
  mkdirSync(pulled);
  const metadata = await fluxPull(`${reference}:v1`, pulled);
  assert.deepEqual(textsBelow(pulled), files);
  assert.ok(JSON.stringify(metadata).includes(REVISION) && JSON.stringify(metadata).includes(first.digest));

  const again = pushedBy(await push(directory, host, 'v1', ['--revision', REVISION.replaceAll('3', '2')]));
  assert.deepEqual([again.pushed, again.digest], [false, first.digest]);
  const elsewhere = pushedBy(await push(directory, host, 'v2', ['--revision', REVISION], { TZ: 'Asia/Kolkata', LANG: 'tr_TR.UTF-8' }));
  assert.deepEqual([elsewhere.pushed, elsewhere.digest], [true, first.digest]);
  digests.add(first.digest);

  writeAgent(directory, 'registry.example.com', { suspended: true }, 'ada');
  const changed = pushedBy(await push(directory, host, 'v1', ['--tag', 'latest']));
  assert.deepEqual([changed.pushed, changed.digest === first.digest, changed.movedTags], [true, false, ['latest']]);
  assert.equal(await crane(directory, ['digest', `${reference}:latest`]), changed.digest);
  assert.equal(await crane(directory, ['digest', `${reference}:v2`]), first.digest);

  const flux = await openclawGitops(directory, ['push', `oci://${host}/fleet/flux:v1`, 'agents', '--media-types', 'flux']);
  assert.equal(flux.code, 0, flux.err);
  const own = JSON.parse(await crane(directory, ['manifest', `${host}/fleet/flux:v1`])) as Manifest;
  assert.deepEqual(
    [own.config.mediaType, own.layers[0]?.mediaType],
    ['application/vnd.cncf.flux.config.v1+json', 'application/vnd.cncf.flux.content.v1.tar+gzip'],
  );
  const pulledFlux = join(directory, 'pulled-flux');
  mkdirSync(pulledFlux);
  await fluxPull(`${host}/fleet/flux:v1`, pulledFlux);
  assertSameManifests(textsBelow(pulledFlux), (await openclawGitops(directory, ['render', 'agents'])).out);

  writeFileSync(join(directory, 'agents/wrong.yaml'), 'kind: OpenClawInstance\n');
  const refused = await push(directory, host, 'v3', []);
  assert.deepEqual([refused.code, refused.out], [1, '']);
  assert.deepEqual((await crane(directory, ['ls', reference])).split('\n').sort(), ['latest', 'v1', 'v2']);
  return { summary: `${Object.keys(files).length} files, read back by crane and by Flux; skipped when unchanged`, rows: [], failures: [] };
}

export function checkOneDigest(digests: ReadonlySet<string>): Promise<CheckResult> {
  assert.equal(digests.size, 1, [...digests].join(', '));
  return Promise.resolve({ summary: `${[...digests].join('')} on all registries`, rows: [], failures: [] });
}

export async function checkPushTokens(name: (typeof GUARDED)[number], directory: string): Promise<CheckResult> {
  mkdirSync(directory, { recursive: true });
  const tokens = await startTokenServer((pem) => written(directory, 'tokens.pem', pem));
  const server = await startRegistry(name, join(directory, 'registry'), tokens.auth);
  try {
    const result = await checkSignIns(server.host, directory, `Bearer ${tokens.token('repository:fleet/agents:pull')}`);
    const scopes = tokens.asked.map(({ url }) => new URL(url, 'http://tokens').searchParams.get('scope'));
    assert.ok(scopes.includes('repository:fleet/agents:pull,push'), scopes.join(' '));
    return result;
  } finally {
    await server.stop();
    await tokens.stop();
  }
}

export async function checkPushPasswords(name: (typeof GUARDED)[number], directory: string): Promise<CheckResult> {
  mkdirSync(directory, { recursive: true });
  const server = await startRegistry(name, join(directory, 'registry'), passwordAuth(directory));
  try {
    return await checkSignIns(server.host, directory, BASIC);
  } finally {
    await server.stop();
  }
}

/** `authorization` is what lets this process in: crane takes no tokens from a server on a loopback address. */
async function checkSignIns(host: string, directory: string, authorization: string): Promise<CheckResult> {
  writeAgents(directory);
  const { right, wrong } = await byFile(directory, host);
  for (const env of [{}, wrong]) {
    const refused = await push(directory, host, 'v1', [], env);
    assert.deepEqual([refused.code, refused.out], [1, '']);
    assert.match(refused.err, /the manifests cannot be pushed: .* answers 40[13] .*"docker login/);
    assert.doesNotMatch(refused.err, /hunter2|aHVudGVyMg/);
  }
  const latest = (): Promise<Response> =>
    fetch(`http://${host}/v2/fleet/agents/manifests/latest`, { headers: { authorization, accept: MANIFEST_TYPE } });
  assert.equal((await latest()).status, 404);
  const first = pushedBy(await push(directory, host, 'v1', ['--tag', 'latest'], right));
  assert.deepEqual([first.pushed, first.movedTags], [true, ['latest']]);
  const helped = pushedBy(await push(directory, host, 'v1', [], byHelper(directory)));
  assert.deepEqual([helped.pushed, helped.digest], [false, first.digest]);
  assert.equal(sha256(await (await latest()).bytes()), first.digest);
  return {
    summary: 'refused to nobody and with a wrong password, pushed by config.json, skipped by a credential helper',
    rows: [],
    failures: [],
  };
}

function writeAgents(directory: string): void {
  // Not of the registry at hand: the manifests are to be the same for all of them.
  for (const name of ['ada', 'eve']) writeAgent(directory, 'registry.example.com', {}, name);
  writeFileSync(join(directory, 'agents/passed.yaml'), PASSED);
}

function push(
  directory: string,
  host: string,
  tag: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return openclawGitops(directory, ['push', `oci://${host}/fleet/agents:${tag}`, 'agents', '--output', 'json', ...args], env);
}

function pushedBy({ code, out, err }: Ran): Pushed {
  assert.equal(code, 0, err);
  return JSON.parse(out) as Pushed;
}

async function craneExport(reference: string, target: string, directory: string): Promise<Record<string, string>> {
  const archive = `${target}.tar`;
  await crane(directory, ['export', reference, archive]);
  mkdirSync(target);
  execFileSync('tar', ['--extract', '--file', archive, '--directory', target]);
  return textsBelow(target);
}

async function craneBlob(directory: string, reference: string): Promise<Buffer> {
  return execFileSync(await binary('crane'), ['blob', reference], { env: { HOME: directory }, maxBuffer: 1 << 28 });
}

/** Each file's text by its path, in code-unit order. */
function textsBelow(directory: string): Record<string, string> {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(directory, path)).isFile());
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(directory, path), 'utf8')]));
}

/** The files that the kustomization lists are all there is, and together what `render` prints. */
function assertSameManifests(files: Readonly<Record<string, string>>, rendered: string): void {
  const { 'kustomization.yaml': kustomization = '', ...manifests } = files;
  const listed = Array.from(kustomization.matchAll(/^ *- (.+)$/gm), ([, path]) => path ?? '');
  assert.deepEqual(listed.toSorted(), Object.keys(manifests));
  assert.equal(listed.map((path) => manifests[path]).join('---\n'), rendered);
}
