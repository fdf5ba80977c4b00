/** Resolves the skill packs that agents name: to commits, hashes of their files, and the vendored files beside the lock. */
import { createHash } from 'node:crypto';
import { withRepository } from '../../adapters/git/repository.ts';
import type { GitSettings } from '../../adapters/git/run-git.ts';
import { RemoteError } from '../../adapters/remote-error.ts';
import { parsePackReference, type PackReference } from '../../lib/pack-reference.ts';
import { vendoredPackText, type VendoredFile } from '../../output/vendored-pack.ts';
import { packContent, PackProblem, type PackContent } from './pack-content.ts';

export interface LockedPack {
  readonly repository: string;
  readonly commit: string;
  /** `sha256:` and the digest of each file, by path in the pack. */
  readonly files: Readonly<Record<string, string>>;
  /** Those of the files that can be executed. */
  readonly executables?: readonly string[];
}

export interface PackOutcome {
  readonly reference: string;
  /** Null where the pack could not be locked: then `problem` says why. */
  readonly locked: { readonly entry: LockedPack; readonly vendored: string } | null;
  readonly problem: string | null;
  readonly remarks: readonly string[];
}

const HOST = 'https://github.com';

/** Every reference once, in code-unit order; a repository is visited once for all of its packs. One failure keeps the others. */
export async function lockPacks(references: readonly string[], settings: GitSettings): Promise<readonly PackOutcome[]> {
  const outcomes: PackOutcome[] = [];
  const byRepository = new Map<string, [string, PackReference][]>();
  for (const reference of new Set(references)) {
    const parsed = parsePackReference(reference);
    if (typeof parsed === 'string') {
      outcomes.push({ reference, locked: null, problem: parsed, remarks: [] });
      continue;
    }
    const repository = `${HOST}/${parsed.owner}/${parsed.repository}`;
    byRepository.set(repository, [...(byRepository.get(repository) ?? []), [reference, parsed]]);
  }
  for (const [repository, packs] of byRepository) outcomes.push(...(await packsOf(repository, packs, settings)));
  return outcomes.sort((left, right) => (left.reference < right.reference ? -1 : 1));
}

async function packsOf(repository: string, packs: readonly [string, PackReference][], settings: GitSettings): Promise<PackOutcome[]> {
  const failed = (reference: string, error: unknown): PackOutcome => {
    if (!(error instanceof PackProblem || error instanceof RemoteError)) throw error;
    return { reference, locked: null, problem: `${repository}: ${error.message}`, remarks: [] };
  };
  try {
    return await withRepository(repository, settings, async (git) => {
      const outcomes: PackOutcome[] = [];
      for (const [reference, parsed] of packs) {
        try {
          outcomes.push(outcomeOf(reference, repository, await packContent(git, parsed)));
        } catch (error) {
          outcomes.push(failed(reference, error));
        }
      }
      return outcomes;
    });
  } catch (error) {
    return packs.map(([reference]) => failed(reference, error));
  }
}

function outcomeOf(reference: string, repository: string, { commit, files, remarks }: PackContent): PackOutcome {
  const executables = [...files].flatMap(([path, { isExecutable }]) => (isExecutable ? [path] : []));
  const digests = [...files].map(([path, { bytes }]) => [path, `sha256:${createHash('sha256').update(bytes).digest('hex')}`]);
  const entry: LockedPack = {
    repository,
    commit,
    files: Object.fromEntries(digests) as Record<string, string>,
    ...(executables.length === 0 ? {} : { executables }),
  };
  const vendored = new Map([...files].map(([path, { bytes }]) => [path, vendoredFile(bytes)]));
  return { reference, locked: { entry, vendored: vendoredPackText({ reference, commit, files: vendored }) }, problem: null, remarks };
}

/** UTF-8 stays readable; anything else, and what holds NUL, travels as base64. */
function vendoredFile(bytes: Buffer): VendoredFile {
  const text = bytes.toString('utf8');
  const isText = !bytes.includes(0) && Buffer.from(text, 'utf8').equals(bytes);
  return isText ? { text, isBase64: false } : { text: bytes.toString('base64'), isBase64: true };
}
