/** Reads a skill pack from its repository: the files that its layout names, at one commit. */
import { posix } from 'node:path';
import type { GitEntry, GitRepository } from '../../adapters/git/repository.ts';
import type { PackReference } from '../../lib/pack-reference.ts';
import { PACK_MANIFEST, packLayout } from '../../resolve/pack-layout.ts';

export interface PackContent {
  readonly commit: string;
  /** By path in the pack, in code-unit order. */
  readonly files: ReadonlyMap<string, PackFile>;
  /** What the reader should know although the pack can be used, each a sentence without full stop. */
  readonly remarks: readonly string[];
}

export interface PackFile {
  readonly bytes: Buffer;
  readonly isExecutable: boolean;
}

/** Why the pack cannot be locked. */
export class PackProblem extends Error {}

/** More does not fit into the ConfigMap in which a pack travels. */
const MOST_BYTES = 1_048_576;
const MOST_FILES = 2_000;
const MOST_LINKS = 10;
const MOST_LINK_BYTES = 4_096;

export async function packContent(repository: GitRepository, { path, revision }: PackReference): Promise<PackContent> {
  const commit = await repository.commitOf(revision);
  const listed = await repository.list(commit, path);
  if (listed === null) throw new PackProblem(`the repository has no directory "${path}" at commit ${commit}`);
  const modules = listed.filter(({ kind }) => kind === 'submodule');
  const entries = new Map(listed.filter(({ kind }) => kind !== 'submodule').map((entry) => [entry.path, entry]));
  const names = [...entries.keys()];

  const manifestEntry = entries.get(PACK_MANIFEST);
  const manifest = manifestEntry === undefined ? null : await textOf(manifestEntry);
  const reading = packLayout(path, names, manifest);
  if (!reading.ok) throw new PackProblem(reading.problems.join('; '));

  const sources = reading.layout.files.map(({ source }) => source);
  const wanted = [...new Set([...(manifest === null ? [] : [PACK_MANIFEST]), ...sources])].sort();
  if (wanted.length > MOST_FILES) throw new PackProblem(`the pack has ${wanted.length} files; expected at most ${MOST_FILES}`);
  const contents = await contentsOf(wanted.map((name) => entries.get(name) as GitEntry));
  const files = new Map(wanted.map((name, index) => [name, contents[index] as PackFile]));
  const size = [...files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (size > MOST_BYTES) throw new PackProblem(`the pack has ${size} bytes; expected at most ${MOST_BYTES}`);

  const pointers = [...files].filter(([, { bytes }]) => bytes.subarray(0, 40).toString().startsWith('version https://git-lfs.github.com/'));
  const remarks = [
    ...modules.map(({ path: name }) => `"${name}" is a submodule; its files are not part of the pack`),
    ...pointers.map(([name]) => `"${name}" is a pointer of Git LFS; its content is not part of the pack`),
  ];
  return { commit, files, remarks };

  async function textOf(entry: GitEntry): Promise<string> {
    const [file] = await contentsOf([entry]);
    return (file as PackFile).bytes.toString('utf8');
  }

  async function contentsOf(named: readonly GitEntry[]): Promise<readonly PackFile[]> {
    const targets: GitEntry[] = [];
    for (const entry of named) targets.push(entry.kind === 'link' ? await linked(entry) : entry);
    const bytes = await repository.read(commit, targets, MOST_BYTES);
    return targets.map(({ kind }, index) => ({ bytes: bytes[index] as Buffer, isExecutable: kind === 'executable' }));
  }

  /** The file that a link leads to: anywhere in the repository, as the host itself would follow it, but never out of it. */
  async function linked(link: GitEntry): Promise<GitEntry> {
    let current = link;
    let place = posix.join(path, link.path);
    for (let step = 0; step < MOST_LINKS && current.kind === 'link'; step += 1) {
      const [target] = await repository.read(commit, [current], MOST_LINK_BYTES);
      place = posix.join(posix.dirname(place), (target as Buffer).toString('utf8'));
      const leadsOut = (target as Buffer).toString('utf8').startsWith('/') || place === '..' || place.startsWith('../');
      const found = leadsOut ? null : await repository.entry(commit, place);
      if (found === null || (found.kind !== 'file' && found.kind !== 'executable' && found.kind !== 'link'))
        throw new PackProblem(`"${link.path}" is a link that leads to no file of the repository`);
      current = { ...found, path: link.path };
    }
    if (current.kind === 'link') throw new PackProblem(`"${link.path}" is a link that leads to links only`);
    return current;
  }
}
