/** Every configuration that the golden cases give on a release, judged once by that release. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigMap, KubeObject, StatefulSet } from '../../src/kube/types.ts';
import { isJsonObject, type JsonObject } from '../../src/lib/json.ts';
import { render } from '../../src/render.ts';
import { compareVersions, versionOfTag } from '../../src/resolve/openclaw-version.ts';
import { caseInput, goldenCases, type GoldenCase } from '../../test/golden/golden-case.ts';
import { finish, type Finished } from '../pod-runner/command.ts';
import { SANDBOX_DIRECTORY } from '../pod-runner/sandbox.ts';
import { installation } from './cache.ts';
import { NEWEST, OPENCLAW_VERSIONS } from './versions.ts';

const LIMIT_MILLISECONDS = 120_000;

/** Cases whose users write what OpenClaw refuses, to show that the renderer hands their values on unchanged, and where. */
const REFUSED_ON_PURPOSE: Readonly<Record<string, readonly string[]>> = {
  'config-rich': ['custom'],
  nulls: ['agents', 'defaults', 'model'],
  'sample-full': ['agents', 'defaults', 'sandbox'],
};

/** Cases that the renderer refuses on releases before this one. */
const RENDERED_FROM: Readonly<Record<string, string>> = { 'mcp-apps': '2026.8.1' };

/** Critical findings of OpenClaw's own security audit that the user of a case asks for; everywhere else there is none. */
const CRITICAL_ON_PURPOSE: Readonly<Record<string, readonly string[]>> = { 'trusted-proxy': ['gateway.trusted_proxy_auth'] };

/** Cases whose version only the instance's annotation says. */
const VERSION_ON_INSTANCE: Readonly<Record<string, string>> = { 'version-annotation': '2026.8.1' };

export interface GoldenConfig {
  /** The release that judges it. */
  readonly version: string;
  readonly config: string;
  /** Golden cases that give it. */
  readonly cases: readonly string[];
}

/**
 * The distinct configurations that the inputs of the golden cases give on the image of this release; on the newest they are those in
 * the kept manifests. Cases that are about the image of another release are left to that.
 */
export async function goldenConfigs(version: string): Promise<GoldenConfig[]> {
  const found = new Map<string, string[]>();
  for (const goldenCase of goldenCases()) {
    if (!goldenCase.keepsManifests) continue;
    for (const config of await configsOf(goldenCase, version)) found.set(config, [...(found.get(config) ?? []), goldenCase.name]);
  }
  if (found.size === 0) throw new Error('there are no golden configurations');
  return [...found].map(([config, cases]) => ({ version, config, cases }));
}

async function configsOf(goldenCase: GoldenCase, version: string): Promise<string[]> {
  const { files, options } = await caseInput(goldenCase);
  const changed = files.map((file) => ({ ...file, bytes: withVersion(file.bytes, version) }));
  const result = render(changed, version === NEWEST ? options : { ...options, openclawVersion: version });
  const renders = (compareVersions(version, RENDERED_FROM[goldenCase.name] ?? version) ?? 0) >= 0;
  if (result.refused === renders) throw new Error(`golden ${goldenCase.name} is ${result.refused ? '' : 'not '}refused on ${version}`);
  const objects = [...result.objects] as unknown as readonly KubeObject[];
  return objects.flatMap((object) => {
    const config = object.kind === 'ConfigMap' ? (object as ConfigMap).data?.['openclaw.json'] : undefined;
    const named = VERSION_ON_INSTANCE[goldenCase.name] ?? versionOf(objects, object);
    return config === undefined || judgeOf(named ?? version) !== judgeOf(version) ? [] : [config];
  });
}

/** Other releases in the place of the newest, which most cases name. */
function withVersion(bytes: Uint8Array, version: string): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(NEWEST, version), 'latin1');
}

/** The first release that is of the same month, whose keys are the same, or newer; the newest where there is none. */
function judgeOf(version: string): string {
  const month = (one: string): string => one.split('.', 2).join('.');
  return OPENCLAW_VERSIONS.find((one) => month(one) === month(version) || (compareVersions(one, version) ?? 0) > 0) ?? NEWEST;
}

/** The version that the image of a configuration's agent names; null where it names none. */
function versionOf(objects: readonly KubeObject[], configMap: KubeObject): string | null {
  const name = configMap.metadata.name?.replace(/-config$/, '');
  const statefulSet = objects.find((object) => object?.kind === 'StatefulSet' && object.metadata.name === name) as StatefulSet | undefined;
  const image = statefulSet?.spec?.template.spec?.containers.find((container) => container.name === 'openclaw')?.image ?? '';
  const [, tag = ''] = /:([^:/@]+)(?:@.*)?$/.exec(image) ?? [];
  return versionOfTag(tag);
}

/** Judges all, two at a time: each is a process of its own, on the two cores that CI has. Throws with everything that was refused. */
export async function judgeConfigs(configs: readonly GoldenConfig[]): Promise<void> {
  const queue = [...configs];
  const refused: string[] = [];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await judgeConfig(next).catch((error: Error) => refused.push(error.message));
  };
  await Promise.all([worker(), worker()]);
  if (refused.length > 0) throw new Error(refused.join('\n'));
}

/** Throws with OpenClaw's own words when it refuses the configuration, or finds in it what nobody asked for. */
async function judgeConfig({ version, config, cases }: GoldenConfig): Promise<void> {
  const directory = join(SANDBOX_DIRECTORY, 'golden', version, createHash('sha256').update(config).digest('hex'));
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'openclaw.json');
  const env = {
    HOME: directory,
    PATH: '/usr/bin:/bin',
    TMPDIR: directory,
    OPENCLAW_CONFIG_PATH: file,
    OPENCLAW_STATE_DIR: directory,
    OPENCLAW_GATEWAY_TOKEN: 'a'.repeat(64),
    // Shared by all: with it an audit takes half the time.
    NODE_COMPILE_CACHE: join(SANDBOX_DIRECTORY, 'golden', 'compile-cache'),
    // Plugins that the official image has are looked for in vain: once is enough.
    NPM_CONFIG_FETCH_RETRIES: '0',
  };
  const program = join(installation(version), 'node_modules/openclaw/openclaw.mjs');
  const asked = async (text: string, ...words: readonly string[]): Promise<Finished> => {
    writeFileSync(file, text, { mode: 0o600 });
    return await finish(process.execPath, [program, ...words, '--json'], env, LIMIT_MILLISECONDS);
  };
  const isValid = async (text: string, expected: boolean): Promise<void> => {
    const { code, stdout, stderr } = await asked(text, 'config', 'validate');
    const { valid } = JSON.parse(stdout || '{}') as Verdict;
    if (valid === expected) return;
    throw new Error(`golden ${cases.join(', ')}: expected ${expected ? 'valid' : 'refused'}, exit code ${code}\n${stdout}${stderr}`);
  };
  const refused = cases.map((name) => REFUSED_ON_PURPOSE[name]).filter((path) => path !== undefined);
  if (refused.length > 0) await isValid(config, false);
  // Each exception must still be one, and hides nothing else.
  const rest = refused.reduce(without, JSON.parse(config) as JsonObject);
  await isValid(refused.length > 0 ? JSON.stringify(rest) : config, true);
  // The npm package lacks the metrics plugin, and the audit would look for it on the network.
  const audit = await asked(JSON.stringify(without(rest, ['plugins', 'entries', 'diagnostics-otel'])), 'security', 'audit');
  const { findings } = JSON.parse(audit.stdout || '{}') as Audit;
  if (findings === undefined) throw new Error(`golden ${cases.join(', ')}: the audit ended with exit code ${audit.code}\n${audit.stderr}`);
  const critical = findings.filter(({ severity }) => severity === 'critical').map(({ checkId }) => checkId);
  const wanted = cases.flatMap((name) => CRITICAL_ON_PURPOSE[name] ?? []);
  if (critical.toSorted().join() !== wanted.toSorted().join())
    throw new Error(`golden ${cases.join(', ')}: audit found [${critical.join(', ')}], expected [${wanted.join(', ')}]\n${audit.stderr}`);
}

/** The same without what is at this path. */
function without(object: JsonObject, [key = '', ...below]: readonly string[]): JsonObject {
  const { [key]: value, ...rest } = object;
  if (below.length === 0 || value === undefined) return rest;
  return { ...rest, [key]: isJsonObject(value) ? without(value, below) : value };
}

interface Audit {
  readonly findings?: readonly { readonly checkId: string; readonly severity: string }[];
}

interface Verdict {
  readonly valid?: boolean;
}
