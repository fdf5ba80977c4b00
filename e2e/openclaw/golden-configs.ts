/** Every configuration in the golden cases, each judged once by the release that its case is for. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { ConfigMap, KubeObject, StatefulSet } from '../../src/kube/types.ts';
import { finish } from '../pod-runner/command.ts';
import { SANDBOX_DIRECTORY } from '../pod-runner/sandbox.ts';
import { installation } from './cache.ts';

const GOLDEN = join(import.meta.dirname, '../../golden');
const LIMIT_MILLISECONDS = 120_000;

/** Cases whose users write what OpenClaw refuses, to show that the renderer hands their values on unchanged; with the reason that is expected. */
const REFUSED_ON_PURPOSE: Readonly<Record<string, string>> = { 'config-rich': 'Unrecognized key: "custom"', nulls: 'Invalid input' };

export interface GoldenConfig {
  readonly version: string;
  readonly config: string;
  /** Golden cases that render it. */
  readonly cases: readonly string[];
}

/** The distinct configurations; a case whose image names none of `versions` belongs to the newest of them. */
export function goldenConfigs(versions: readonly string[]): GoldenConfig[] {
  const found = new Map<string, { version: string; config: string; cases: string[] }>();
  for (const name of readdirSync(GOLDEN).toSorted()) {
    const file = join(GOLDEN, name, 'expected.yaml');
    if (!existsSync(file)) continue;
    const objects = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as KubeObject);
    for (const object of objects) {
      const config = object?.kind === 'ConfigMap' ? (object as ConfigMap).data?.['openclaw.json'] : undefined;
      if (config === undefined) continue;
      const version = versions.find((one) => imageOf(objects, object).split(/[:-]/).includes(one)) ?? versions.at(-1) ?? '';
      const key = `${version} ${createHash('sha256').update(config).digest('hex')}`;
      const entry = found.get(key) ?? { version, config, cases: [] };
      entry.cases.push(name);
      found.set(key, entry);
    }
  }
  return [...found.values()];
}

function imageOf(objects: readonly KubeObject[], configMap: KubeObject): string {
  const name = configMap.metadata.name?.replace(/-config$/, '');
  const statefulSet = objects.find((object) => object?.kind === 'StatefulSet' && object.metadata.name === name) as StatefulSet | undefined;
  return statefulSet?.spec?.template.spec?.containers.find((container) => container.name === 'openclaw')?.image ?? '';
}

/** Throws with OpenClaw's own words when it refuses the configuration. */
export async function validateConfig({ version, config, cases }: GoldenConfig): Promise<void> {
  const directory = join(SANDBOX_DIRECTORY, 'golden', version, cases[0] ?? '');
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'openclaw.json');
  writeFileSync(file, config, { mode: 0o600 });
  const env = { HOME: directory, PATH: '/usr/bin:/bin', TMPDIR: directory, OPENCLAW_CONFIG_PATH: file, OPENCLAW_STATE_DIR: directory };
  const program = join(installation(version), 'node_modules/openclaw/openclaw.mjs');
  const { code, stdout, stderr } = await finish(process.execPath, [program, 'config', 'validate', '--json'], env, LIMIT_MILLISECONDS);
  const { valid, issues = [] } = JSON.parse(stdout || '{}') as Verdict;
  // Each exception must still be one, and hides nothing else.
  const expected = cases.flatMap((name) => REFUSED_ON_PURPOSE[name] ?? []);
  const found = issues.map(({ message }) => message);
  if (found.join() !== expected.join() || valid !== (expected.length === 0))
    throw new Error(`golden ${cases.join(', ')}: exit code ${code}\n${stdout}${stderr}`);
}

interface Verdict {
  readonly valid?: boolean;
  readonly issues?: readonly { readonly message: string }[];
}
