/** Every configuration in the golden cases, each judged once by a release that reads the same keys. */
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { ConfigMap, KubeObject, StatefulSet } from '../../src/kube/types.ts';
import { isJsonObject, type JsonObject } from '../../src/lib/json.ts';
import { compareVersions, versionOfTag } from '../../src/resolve/openclaw-version.ts';
import { finish, type Finished } from '../pod-runner/command.ts';
import { SANDBOX_DIRECTORY } from '../pod-runner/sandbox.ts';
import { installation } from './cache.ts';
import { OPENCLAW_VERSIONS } from './versions.ts';

const GOLDEN = join(import.meta.dirname, '../../golden');
const LIMIT_MILLISECONDS = 120_000;

/** Cases whose users write what OpenClaw refuses, to show that the renderer hands their values on unchanged; with the reason that is expected. */
const REFUSED_ON_PURPOSE: Readonly<Record<string, string>> = {
  'config-rich': 'Unrecognized key: "custom"',
  nulls: 'Invalid input',
  'sample-full': 'Invalid input',
};

/** Critical findings of OpenClaw's own security audit that the user of a case asks for; everywhere else there is none. */
const CRITICAL_ON_PURPOSE: Readonly<Record<string, readonly string[]>> = { 'trusted-proxy': ['gateway.trusted_proxy_auth'] };

/** Cases whose version only the instance's annotation says. */
const VERSION_ON_INSTANCE: Readonly<Record<string, string>> = { 'version-annotation': '2026.8.1' };

export interface GoldenConfig {
  /** The release that judges it. */
  readonly version: string;
  readonly config: string;
  /** Golden cases that render it. */
  readonly cases: readonly string[];
}

/** The distinct configurations of all golden cases, each with the release among `OPENCLAW_VERSIONS` that judges it. */
export function goldenConfigs(): GoldenConfig[] {
  const found = new Map<string, { version: string; config: string; cases: string[] }>();
  for (const file of globSync('{*,kustomize/*}/expected.yaml', { cwd: GOLDEN }).toSorted()) {
    const objects = parseAllDocuments(readFileSync(join(GOLDEN, file), 'utf8')).map((document) => document.toJS() as KubeObject);
    for (const object of objects) {
      const config = object?.kind === 'ConfigMap' ? (object as ConfigMap).data?.['openclaw.json'] : undefined;
      if (config === undefined) continue;
      const version = judgeOf(VERSION_ON_INSTANCE[dirname(file)] ?? versionOf(objects, object));
      const key = `${version} ${createHash('sha256').update(config).digest('hex')}`;
      const entry = found.get(key) ?? { version, config, cases: [] };
      entry.cases.push(dirname(file));
      found.set(key, entry);
    }
  }
  if (found.size === 0) throw new Error('there are no golden configurations');
  return [...found.values()];
}

/** The first release that is of the same month, whose keys are the same, or newer; the newest where there is none or no version. */
function judgeOf(version: string | null): string {
  const month = (one: string): string => one.split('.', 2).join('.');
  let judge: string = OPENCLAW_VERSIONS[0];
  for (judge of OPENCLAW_VERSIONS) {
    if (version !== null && (month(judge) === month(version) || (compareVersions(judge, version) ?? 0) > 0)) break;
  }
  return judge;
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
  const directory = join(SANDBOX_DIRECTORY, 'golden', version, cases[0] ?? '');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'openclaw.json');
  writeFileSync(file, config, { mode: 0o600 });
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
  const asked = async (...words: readonly string[]): Promise<Finished> =>
    await finish(process.execPath, [program, ...words, '--json'], env, LIMIT_MILLISECONDS);
  const { code, stdout, stderr } = await asked('config', 'validate');
  const { valid, issues = [] } = JSON.parse(stdout || '{}') as Verdict;
  // Each exception must still be one, and hides nothing else.
  const expected = cases.flatMap((name) => REFUSED_ON_PURPOSE[name] ?? []);
  const found = issues.map(({ message }) => message);
  if (found.join() !== expected.join() || valid !== (expected.length === 0))
    throw new Error(`golden ${cases.join(', ')}: exit code ${code}\n${stdout}${stderr}`);
  if (expected.length > 0) return;
  // The npm package lacks the metrics plugin, and the audit would look for it on the network.
  writeFileSync(file, JSON.stringify(withoutMetricsPlugin(JSON.parse(config) as JsonObject)), { mode: 0o600 });
  const audit = await asked('security', 'audit');
  const { findings } = JSON.parse(audit.stdout || '{}') as Audit;
  // The npm package lacks plugins that the official image has; the audit of a configuration that wants one cannot run here.
  if (findings === undefined && audit.stderr.includes('Failed to install missing configured plugin')) return;
  if (findings === undefined) throw new Error(`golden ${cases.join(', ')}: the audit ended with exit code ${audit.code}\n${audit.stderr}`);
  const critical = findings.filter(({ severity }) => severity === 'critical').map(({ checkId }) => checkId);
  const wanted = cases.flatMap((name) => CRITICAL_ON_PURPOSE[name] ?? []);
  if (critical.toSorted().join() !== wanted.toSorted().join())
    throw new Error(`golden ${cases.join(', ')}: audit found [${critical.join(', ')}], expected [${wanted.join(', ')}]\n${audit.stderr}`);
}

function withoutMetricsPlugin(config: JsonObject): JsonObject {
  const { plugins, ...rest } = config;
  if (!isJsonObject(plugins) || !isJsonObject(plugins['entries'])) return config;
  const { 'diagnostics-otel': _, ...entries } = plugins['entries'];
  return { ...rest, plugins: { ...plugins, entries } };
}

interface Audit {
  readonly findings?: readonly { readonly checkId: string; readonly severity: string }[];
}

interface Verdict {
  readonly valid?: boolean;
  readonly issues?: readonly { readonly message: string }[];
}
