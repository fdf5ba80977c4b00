/** Resolves the skill packs that agents name: to commits, hashes of their files, and the vendored files beside the lock. */
import { createHash } from 'node:crypto';
import { withRepository } from '../../adapters/git/repository.ts';
import type { GitSettings } from '../../adapters/git/run-git.ts';
import { RemoteError } from '../../adapters/remote-error.ts';
import { inParallel } from '../../lib/in-parallel.ts';
import type { Json } from '../../lib/json.ts';
import { parsePackReference, type PackReference } from '../../lib/pack-reference.ts';
import { vendoredPackName, vendoredPackText, type VendoredFile } from '../../output/vendored-pack.ts';
import { packContent, PackProblem, type PackContent } from './pack-content.ts';
import type { Question, Settled, Surroundings } from './section.ts';

interface LockedPack {
  readonly repository: string;
  readonly commit: string;
  /** `sha256:` and the digest of each file, by path in the pack. */
  readonly files: Readonly<Record<string, string>>;
  /** Those of the files that can be executed. */
  readonly executables?: readonly string[];
}

const HOST = 'https://github.com';
/** Of one command of git, and of what one repository may bring. */
const BOUNDS = { timeLimitSeconds: 120, mostBytes: 1024 * 1024 * 1024 };
/** Repositories, each with a git of its own. */
const AT_ONCE = 4;

/** Each reference with its commit, its files and their vendored form; a repository is visited once for all of its packs. */
export async function settlePacks(
  questions: readonly Question[],
  { env, onSettled }: Pick<Surroundings, 'env' | 'onSettled'>,
  bounds: Omit<GitSettings, 'env'> = BOUNDS,
): Promise<readonly Settled[]> {
  const byRepository = new Map<string, [string, PackReference][]>();
  const settled: Settled[] = [];
  for (const { name } of questions) {
    const parsed = parsePackReference(name);
    if (typeof parsed === 'string') {
      settled.push({ name, entry: null, problem: `its name ${parsed}` });
      onSettled();
      continue;
    }
    const repository = `${HOST}/${parsed.owner}/${parsed.repository}`;
    byRepository.set(repository, [...(byRepository.get(repository) ?? []), [name, parsed]]);
  }
  const visited = await inParallel([...byRepository], AT_ONCE, ([repository, packs]) =>
    packsOf(repository, packs, { env, ...bounds }, onSettled),
  );
  return [...settled, ...visited.flat()];
}

async function packsOf(
  repository: string,
  packs: readonly [string, PackReference][],
  settings: GitSettings,
  onSettled: () => void,
): Promise<Settled[]> {
  const failed = (name: string, error: unknown): Settled => {
    if (!(error instanceof PackProblem || error instanceof RemoteError)) throw error;
    return { name, entry: null, problem: `${repository}: ${error.message}` };
  };
  try {
    return await withRepository(repository, settings, async (git) => {
      const settled: Settled[] = [];
      for (const [name, parsed] of packs) {
        try {
          settled.push(settledPack(name, repository, await packContent(git, parsed)));
        } catch (error) {
          settled.push(failed(name, error));
        }
        onSettled();
      }
      return settled;
    });
  } catch (error) {
    return packs.map(([name]) => {
      onSettled();
      return failed(name, error);
    });
  }
}

function settledPack(reference: string, repository: string, { commit, files, remarks }: PackContent): Settled {
  const executables = [...files].flatMap(([path, { isExecutable }]) => (isExecutable ? [path] : []));
  const digests = [...files].map(([path, { bytes }]) => [path, `sha256:${createHash('sha256').update(bytes).digest('hex')}`]);
  const entry: LockedPack = {
    repository,
    commit,
    files: Object.fromEntries(digests) as Record<string, string>,
    ...(executables.length === 0 ? {} : { executables }),
  };
  const contents = new Map([...files].map(([path, { bytes }]) => [path, vendoredFile(bytes)]));
  const vendored = { name: `${vendoredPackName(reference)}.yaml`, text: vendoredPackText({ reference, commit, files: contents }) };
  return { name: reference, entry: entry as unknown as Json, problem: null, remarks, vendored };
}

/** UTF-8 stays readable; anything else, and what holds NUL, travels as base64. */
function vendoredFile(bytes: Buffer): VendoredFile {
  const text = bytes.toString('utf8');
  const isText = !bytes.includes(0) && Buffer.from(text, 'utf8').equals(bytes);
  return isText ? { text, isBase64: false } : { text: bytes.toString('base64'), isBase64: true };
}
