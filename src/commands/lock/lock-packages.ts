/** Resolves the skills and plugins of npm and ClawHub that agents name to exact releases. */
import { clawHub, type ClawHub } from '../../adapters/clawhub.ts';
import type { Environment } from '../../adapters/http/connections.ts';
import { httpClient, type HttpSettings } from '../../adapters/http/http-client.ts';
import { npmConfig } from '../../adapters/npm-registry/npm-config.ts';
import { npmRegistry, type NpmRegistry } from '../../adapters/npm-registry/npm-registry.ts';
import { RemoteError } from '../../adapters/remote-error.ts';

export type PackageKind = 'skill' | 'plugin';

export interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly id?: string;
}

export interface PackageOutcome {
  readonly kind: PackageKind;
  /** As the spec has it. */
  readonly name: string;
  /** Null where it could not be locked: then `problem` says why. */
  readonly locked: LockedPackage | null;
  readonly problem: string | null;
  readonly remark: string | null;
}

export interface PackageRequest {
  readonly kind: PackageKind;
  readonly name: string;
}

interface Sources {
  readonly npm: NpmRegistry;
  readonly clawHub: ClawHub;
}

const NPM_PREFIX = 'npm:';
const EXACT = /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/;

/** One outcome for each request, in its order. One failure keeps the others. */
export async function lockPackages(
  requests: readonly PackageRequest[],
  { env, home, http = {} }: { readonly env: Environment; readonly home: string; readonly http?: Omit<HttpSettings, 'env'> },
): Promise<readonly PackageOutcome[]> {
  if (requests.length === 0) return [];
  const client = httpClient({ env, ...http });
  try {
    const sources = { npm: npmRegistry(await npmConfig(env, home), client), clawHub: clawHub(env, client) };
    return await Promise.all(requests.map((request) => outcomeOf(request, sources)));
  } finally {
    client.close();
  }
}

async function outcomeOf({ kind, name }: PackageRequest, sources: Sources): Promise<PackageOutcome> {
  try {
    const { version, integrity, id, remark } = name.startsWith(NPM_PREFIX)
      ? await npmPackage(kind, name.slice(NPM_PREFIX.length), sources.npm)
      : await clawHubPackage(kind, name, sources.clawHub);
    const locked = { version, ...(integrity === null ? {} : { integrity }), ...(id === null ? {} : { id }) };
    return { kind, name, locked, problem: null, remark };
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return { kind, name, locked: null, problem: `${error.service} ${error.message}`, remark: null };
  }
}

interface Found {
  readonly version: string;
  readonly integrity: string | null;
  readonly id: string | null;
  readonly remark: string | null;
}

async function npmPackage(kind: PackageKind, text: string, npm: NpmRegistry): Promise<Found> {
  const { name, wanted } = parts(text);
  const release = await npm.release(name, wanted);
  const id = kind === 'plugin' ? await npm.pluginId(release) : null;
  const remark = kind === 'plugin' && id === null ? 'its archive does not say under which id OpenClaw knows it' : null;
  return { version: release.version, integrity: release.integrity, id, remark };
}

async function clawHubPackage(kind: PackageKind, text: string, hub: ClawHub): Promise<Found> {
  const { name, wanted } = parts(text);
  if (kind === 'plugin') return hub.plugin(name, wanted);
  // ClawHub tells the newest release of a skill and those with a tag; whoever names a version knows it.
  if (EXACT.test(wanted)) return { version: wanted, integrity: null, id: null, remark: null };
  const [owner, slug, ...more] = name.replace(/^@/, '').split('/');
  if (more.length > 0) throw new RemoteError('ClawHub', `has no skills with the name "${name}"; it knows "owner/name" and "name"`);
  return slug === undefined ? hub.skill(null, owner as string, wanted) : hub.skill(owner as string, slug, wanted);
}

/** Name and what follows its last `@`, except the one of a scope. */
function parts(text: string): { readonly name: string; readonly wanted: string } {
  const at = text.lastIndexOf('@');
  return at > 0 ? { name: text.slice(0, at), wanted: text.slice(at + 1) } : { name: text, wanted: '' };
}
