/**
 * What is known of openclaw.json's keys: the top level of 2026.9.6, and keys that some versions refuse. A key that a version
 * does not know stops its gateway with exit code 78. Measured with `openclaw config validate` of 2026.5.18 to 2026.9.6.
 */
import { isJsonObject, valueAt, type Json, type JsonObject } from '../lib/json.ts';
import { compareVersions } from '../resolve/openclaw-version.ts';

export const TOP_LEVEL_KEYS: readonly string[] = [
  '$include',
  '$schema',
  'accessGroups',
  'acp',
  'agents',
  'approvals',
  'attachments',
  'auth',
  'bindings',
  'broadcast',
  'browser',
  'channels',
  'cloudWorkers',
  'commands',
  'cron',
  'desktop',
  'diagnostics',
  'discovery',
  'env',
  'gateway',
  'hooks',
  'logging',
  'mcp',
  'memory',
  'messages',
  'meta',
  'models',
  'nodeHost',
  'plugins',
  'proxy',
  'secrets',
  'security',
  'session',
  'skills',
  'surfaces',
  'talk',
  'telemetry',
  'tools',
  'transcripts',
  'tts',
  'ui',
  'update',
  'wizard',
  'worktreeAcceleration',
  'worktreeRoot',
];

/** Top-level keys that people bring from elsewhere, with the place where OpenClaw has the same. */
export const MOVED_KEYS: ReadonlyMap<string, string> = new Map([
  ['apiKeys', 'models.providers'],
  ['channel', 'channels'],
  ['identity', 'agents'],
  ['mcpServers', 'mcp.servers'],
  ['model', 'agents.defaults.model'],
]);

/** Documented words of `gateway.bind`; an address such as 0.0.0.0 was never one. */
const BIND_WORDS = new Set(['auto', 'custom', 'lan', 'loopback', 'tailnet']);

interface RefusedKey {
  /** `*` stands for every key of an object. */
  readonly path: readonly string[];
  /** First version that knows the key; absent when the oldest does. */
  readonly from?: string;
  /** First version that refuses it again; empty when none ever accepted it. */
  readonly until?: string;
  readonly hint: string;
}

const UPGRADE = 'remove the key, or use a version that knows it';

export const REFUSED_KEYS: readonly RefusedKey[] = [
  { path: ['agents', 'entries'], from: '2026.8.1', hint: 'write agents.list, or use a version that knows agents.entries' },
  { path: ['browser', 'profiles', '*', 'color'], until: '2026.8.1', hint: 'remove the key' },
  { path: ['browser', 'remoteCdpTimeoutMs'], until: '2026.8.1', hint: 'remove the key' },
  { path: ['diagnostics', 'metrics'], until: '', hint: 'metrics are a switch of diagnostics.otel' },
  { path: ['gateway', 'cliAgents'], from: '2026.8.1', hint: UPGRADE },
  { path: ['gateway', 'nodes', 'pairing', 'autoApproveLocal'], from: '2026.8.1', hint: UPGRADE },
  { path: ['gateway', 'nodes', 'pairing', 'sshVerify'], from: '2026.8.1', hint: UPGRADE },
  { path: ['gateway', 'tailscale', 'resetOnExit'], until: '2026.8.1', hint: 'remove the key' },
  { path: ['gateway', 'terminal'], from: '2026.7.1', hint: UPGRADE },
  { path: ['logging', 'redactSensitive'], until: '2026.8.1', hint: 'remove the key' },
  { path: ['mcp', 'apps'], from: '2026.8.1', hint: UPGRADE },
  { path: ['models', 'catalogRefresh'], from: '2026.8.1', hint: UPGRADE },
  // Refused by 2026.5.18 and accepted by 2026.6.11; what lies between was not tried.
  { path: ['security', 'installPolicy'], from: '2026.5.19', hint: UPGRADE },
  { path: ['telemetry'], from: '2026.8.1', hint: UPGRADE },
];

/** Objects that a version does not accept without a key. */
const REQUIRED_KEYS: readonly { readonly path: readonly string[]; readonly key: string; readonly until: string; readonly hint: string }[] =
  [
    {
      path: ['browser', 'profiles', '*'],
      key: 'color',
      until: '2026.8.1',
      hint: 'add a color such as "#4285F4", or use OpenClaw 2026.8.1 or newer',
    },
  ];

export interface KeyProblem {
  readonly path: readonly string[];
  readonly problem: string;
  readonly hint: string;
}

/** The paths below `value` that match `pattern`, as far as they exist. */
function matches(value: Json | undefined, pattern: readonly string[]): string[][] {
  const [step, ...rest] = pattern;
  if (step === undefined) return [[]];
  if (!isJsonObject(value)) return [];
  const keys = step === '*' ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : [];
  return keys.flatMap((key) => matches(value[key], rest).map((path) => [key, ...path]));
}

/** True when `version` is older than `other`; the unknown version counts as the newest. */
function isOlder(version: string | null, other: string): boolean {
  return version !== null && (compareVersions(version, other) ?? 0) < 0;
}

function keyProblem({ from, until }: RefusedKey, version: string | null): string | null {
  const named = version === null ? 'current versions of OpenClaw' : `OpenClaw ${version}`;
  if (until === '') return 'is a key that no version of OpenClaw knows';
  if (from !== undefined && isOlder(version, from)) return `is a key that ${named} does not know; expected none before ${from}`;
  if (until !== undefined && !isOlder(version, until))
    return `is a key that ${named} ${version === null ? 'refuse' : 'refuses'}; expected none from ${until} on`;
  return null;
}

/** Everything in the configuration that this version is known to refuse. */
export function configProblems(config: JsonObject, version: string | null): KeyProblem[] {
  const found: KeyProblem[] = [];
  for (const refused of REFUSED_KEYS) {
    const top = refused.path[0] as string;
    if (!Object.hasOwn(config, top)) continue;
    const problem = keyProblem(refused, version);
    if (problem !== null) found.push(...matches(config, refused.path).map((path) => ({ path, problem, hint: refused.hint })));
  }
  for (const { path, key, until, hint } of REQUIRED_KEYS) {
    if (!isOlder(version, until)) continue;
    for (const place of matches(config, path)) {
      if (valueAt(config, ...place, key) === undefined) {
        found.push({ path: place, problem: `has no key "${key}", which OpenClaw ${version} wants`, hint });
      }
    }
  }
  const bind = valueAt(config, 'gateway', 'bind');
  if (bind !== undefined && !(typeof bind === 'string' && BIND_WORDS.has(bind))) {
    found.push({
      path: ['gateway', 'bind'],
      problem: 'is not a word that OpenClaw knows there; expected "auto", "custom", "lan", "loopback" or "tailnet"',
      hint: 'remove it: what the pod needs is rendered; "lan" is the word for all interfaces',
    });
  }
  return found;
}
