/** Skill packs as the lock pins them: the vendored files, checked against the lock, and what they put where. */
import type { OpenClawLock } from '../generated/openclaw-lock.ts';
import type { OpenClawPack } from '../generated/openclaw-pack.ts';
import { bytesOfBase64 } from '../lib/base64.ts';
import { parsePackReference } from '../lib/pack-reference.ts';
import { sha256Hex, sha256HexOfBytes } from '../lib/sha256.ts';
import type { Path, SourceObject } from '../parse/source.ts';
import { PACK_MANIFEST, packLayout, type PackLayout } from './pack-layout.ts';

export type LockedPack =
  | { readonly kind: 'ready'; readonly layout: PackLayout; readonly files: ReadonlyMap<string, LockedFile> }
  /** The lock does not have it. */
  | { readonly kind: 'not-locked' }
  /** The lock has it, and nothing of the input has its files. */
  | { readonly kind: 'not-vendored' }
  /** The vendored files are not those of the lock. */
  | { readonly kind: 'mismatch'; readonly object: SourceObject; readonly mismatches: readonly PackMismatch[] }
  /** The files are those of the lock, and are no pack. */
  | { readonly kind: 'unusable'; readonly object: SourceObject; readonly problems: readonly string[] };

export interface LockedFile {
  readonly text: string;
  /** True when `text` is base64. */
  readonly isBase64: boolean;
  readonly isExecutable: boolean;
}

export interface PackMismatch {
  readonly path: Path;
  readonly part: 'key' | 'value';
  /** Found, then expected. */
  readonly message: string;
}

export interface LockedPacks {
  /** What there is of the pack that agents name so; each is checked once. */
  readonly find: (reference: string) => LockedPack;
}

type Entry = NonNullable<OpenClawLock['packs']>[string];

/** Takes objects that passed their schemas; `lock` is null where there is none. */
export function lockedPacks(lock: SourceObject | null, packs: readonly SourceObject[]): LockedPacks {
  const entries = new Map(Object.entries((lock?.value as unknown as OpenClawLock | undefined)?.packs ?? {}));
  const vendored = new Map(packs.map((object) => [(object.value as unknown as OpenClawPack).pack, object]));
  const known = new Map<string, LockedPack>();
  return {
    find: (reference) => {
      const found = known.get(reference) ?? lockedPack(reference, entries.get(reference), vendored.get(reference));
      known.set(reference, found);
      return found;
    },
  };
}

function lockedPack(reference: string, entry: Entry | undefined, object: SourceObject | undefined): LockedPack {
  if (entry === undefined) return { kind: 'not-locked' };
  if (object === undefined) return { kind: 'not-vendored' };
  const pack = object.value as unknown as OpenClawPack;
  const mismatches = mismatchesOf(entry, pack);
  if (mismatches.length > 0) return { kind: 'mismatch', object, mismatches };
  const parsed = parsePackReference(reference);
  if (typeof parsed === 'string') return { kind: 'unusable', object, problems: [`the name of the pack ${parsed}`] };
  const executables = new Set(entry.executables ?? []);
  const files = new Map<string, LockedFile>();
  for (const [path, text] of Object.entries(pack.data ?? {}))
    files.set(path, { text, isBase64: false, isExecutable: executables.has(path) });
  for (const [path, text] of Object.entries(pack.binaryData ?? {}))
    files.set(path, { text, isBase64: true, isExecutable: executables.has(path) });
  const manifest = files.get(PACK_MANIFEST);
  // A manifest that is no text is no JSON either, as base64 says too.
  const reading = packLayout(parsed.path, [...files.keys()], manifest?.text ?? null);
  return reading.ok ? { kind: 'ready', layout: reading.layout, files } : { kind: 'unusable', object, problems: reading.problems };
}

function mismatchesOf(entry: Entry, pack: OpenClawPack): PackMismatch[] {
  const mismatches: PackMismatch[] = [];
  if (pack.commit !== entry.commit) {
    const message = `the files are from commit ${pack.commit}; expected ${entry.commit}, as the lock has it`;
    mismatches.push({ path: ['commit'], part: 'value', message });
  }
  const wanted = new Map(Object.entries(entry.files));
  const seen = new Set<string>();
  for (const section of ['data', 'binaryData'] as const) {
    for (const [name, text] of Object.entries(pack[section] ?? {})) {
      const problem = seen.has(name) ? 'stands in data and in binaryData; expected it once' : fileProblem(wanted.get(name), text, section);
      if (problem !== null) mismatches.push({ path: [section, name], part: 'key', message: `file ${JSON.stringify(name)} ${problem}` });
      seen.add(name);
    }
  }
  for (const name of wanted.keys()) {
    const message = `file ${JSON.stringify(name)} is missing; expected every file that the lock has`;
    if (!seen.has(name)) mismatches.push({ path: ['data'], part: 'key', message });
  }
  return mismatches;
}

/** What is wrong with one vendored file, as a part of a sentence, or null. */
function fileProblem(digest: string | undefined, text: string, section: 'data' | 'binaryData'): string | null {
  if (digest === undefined) return 'is not in the lock; expected only files that it has';
  const found = digestOf(text, section === 'binaryData');
  if (found === null) return 'is not base64; expected it on one line';
  return found === digest ? null : `has the digest ${found}; expected ${digest}, as the lock has it`;
}

function digestOf(text: string, isBase64: boolean): string | null {
  if (!isBase64) return `sha256:${sha256Hex(text)}`;
  const bytes = bytesOfBase64(text);
  return bytes === null ? null : `sha256:${sha256HexOfBytes(bytes)}`;
}
