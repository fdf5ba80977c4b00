/** Resolves the skills and plugins of npm and ClawHub that agents name to exact releases. */
import { homedir } from 'node:os';
import { clawHub, type ClawHub } from '../../adapters/clawhub.ts';
import { httpClient, type HttpClient, type HttpSettings } from '../../adapters/http/http-client.ts';
import { npmConfig } from '../../adapters/npm-registry/npm-config.ts';
import { npmRegistry, type NpmRegistry } from '../../adapters/npm-registry/npm-registry.ts';
import { RemoteError } from '../../adapters/remote-error.ts';
import { inParallel } from '../../lib/in-parallel.ts';
import type { Question, Settled, Surroundings } from './section.ts';

type PackageKind = 'skill' | 'plugin';

interface Sources {
  readonly npm: () => Promise<NpmRegistry>;
  readonly clawHub: ClawHub;
}

const NPM_PREFIX = 'npm:';
const EXACT = /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/;

/** Of all registries together; the client bounds what one of them gets. */
const AT_ONCE = 8;

/** Answers for skills or for plugins: each name and the release that it stands for. */
export function settlePackages(
  kind: PackageKind,
): (
  questions: readonly Question[],
  surroundings: Pick<Surroundings, 'env' | 'onSettled' | 'onWait'>,
  patience?: HttpSettings['patience'],
) => Promise<readonly Settled[]> {
  return async (questions, { env, onSettled, onWait }, patience = {}) => {
    let client: HttpClient;
    try {
      client = httpClient({ env, onWait, patience });
    } catch (error) {
      return questions.map(({ name }) => unsettled(name, error));
    }
    try {
      // Read when something of npm is asked for, and once.
      let npm: Promise<NpmRegistry> | undefined;
      const sources: Sources = {
        npm: () => (npm ??= npmConfig(env, env['HOME'] ?? homedir()).then((config) => npmRegistry(config, client))),
        clawHub: clawHub(env, client),
      };
      return await inParallel(questions, AT_ONCE, async ({ name }) => {
        const settled = await settledPackage(kind, name, sources);
        onSettled();
        return settled;
      });
    } finally {
      client.close();
    }
  };
}

async function settledPackage(kind: PackageKind, name: string, sources: Sources): Promise<Settled> {
  try {
    const { version, integrity, id, remark } = name.startsWith(NPM_PREFIX)
      ? await npmPackage(kind, name.slice(NPM_PREFIX.length), await sources.npm())
      : await clawHubPackage(kind, name, sources.clawHub);
    const entry = { version, ...(integrity === null ? {} : { integrity }), ...(id === null ? {} : { id }) };
    return { name, entry, problem: null, remarks: remark === null ? [] : [remark] };
  } catch (error) {
    return unsettled(name, error);
  }
}

function unsettled(name: string, error: unknown): Settled {
  if (!(error instanceof RemoteError)) throw error;
  return { name, entry: null, problem: `${error.service} ${error.message}` };
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
