/**
 * What a skill pack puts where, from the names of its files and its manifest: asked by `lock`, which fetches the files, and by
 * `render`, which places them. With a `skillpack.json` the manifest says it; without one the pack is one skill, `SKILL.md` and
 * everything beside it, and goes to `skills/<name of its directory>`.
 */
import { workspacePathProblem } from '../kube/workspace-path.ts';
import { byCodeUnits } from '../lib/code-unit-order.ts';
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';

export const PACK_MANIFEST = 'skillpack.json';
const SKILL_FILE = 'SKILL.md';
/** What file systems take; the path of a workspace and of the volume stand before it. */
const LONGEST_NAME_BYTES = 255;
const LONGEST_PATH_BYTES = 1024;

export interface PackLayout {
  /** By path in the workspace, in code-unit order; `source` is the path in the pack. */
  readonly files: readonly { readonly path: string; readonly source: string }[];
  /** Directories of the workspace that exist even without files, sorted. */
  readonly directories: readonly string[];
  /** Entries for `skills.entries` of openclaw.json. */
  readonly entries: JsonObject;
}

/** The layout, or every reason why this is no pack, each as a sentence without full stop. */
export type PackReading = { readonly ok: true; readonly layout: PackLayout } | { readonly ok: false; readonly problems: readonly string[] };

/** `path` is that of the pack in its repository, `names` are those of its files, relative to it; `manifest` is null where there is none. */
export function packLayout(path: string, names: readonly string[], manifest: string | null): PackReading {
  return manifest === null ? skillLayout(path, names) : manifestLayout(names, manifest);
}

function skillLayout(path: string, names: readonly string[]): PackReading {
  if (!names.includes(SKILL_FILE)) {
    return { ok: false, problems: [`the pack has neither "${PACK_MANIFEST}" nor "${SKILL_FILE}"; expected one of them in its directory`] };
  }
  const root = `skills/${path.slice(path.lastIndexOf('/') + 1)}`;
  const problems = names.flatMap((name) => {
    const problem = unusableName(`${root}/${name}`);
    return problem === null ? [] : [`file ${quoted(name)} ${problem}; expected a name that every file system takes`];
  });
  const files = names.map((name) => ({ path: `${root}/${name}`, source: name }));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, layout: { files: inOrder(files), directories: [], entries: {} } };
}

function manifestLayout(names: readonly string[], text: string): PackReading {
  const manifest = manifestObject(text);
  if (manifest === null)
    return { ok: false, problems: [`"${PACK_MANIFEST}" is not a JSON object; expected "files", "directories" and "config"`] };
  const problems: string[] = [];
  const files = mapOf(manifest, 'files', problems).flatMap(([path, source]) => {
    const problem = workspacePathProblem(path) ?? unusableName(path);
    if (problem !== null) problems.push(`file ${quoted(path)} ${problem}; expected a path inside the workspace`);
    else if (typeof source !== 'string') problems.push(`the source of file ${quoted(path)} is no text; expected a path in the pack`);
    else if (!names.includes(plain(source)))
      problems.push(`file ${quoted(path)} comes from ${quoted(source)}; expected a file of the pack`);
    else return [{ path, source: plain(source) }];
    return [];
  });
  const directories = listOf(manifest, 'directories', problems).flatMap((entry) => {
    const directory = typeof entry === 'string' ? plain(entry).replace(/\/+$/, '') : entry;
    const problem = typeof directory === 'string' ? (workspacePathProblem(directory) ?? unusableName(directory)) : 'is no text';
    if (problem !== null) problems.push(`directory ${quoted(entry)} ${problem}; expected a path inside the workspace`);
    return problem === null ? [directory as string] : [];
  });
  const entries = mapOf(manifest, 'config', problems);
  for (const [name, value] of entries) {
    if (!isJsonObject(value)) problems.push(`the configuration of skill ${quoted(name)} is no object; expected keys of "skills.entries"`);
  }
  problems.push(...conflicts(files, directories));
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    layout: { files: inOrder(files), directories: [...new Set(directories)].sort(), entries: Object.fromEntries(entries) },
  };
}

function manifestObject(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** A missing or null field is an empty one. */
function mapOf(manifest: JsonObject, field: string, problems: string[]): [string, Json][] {
  const value = (Object.hasOwn(manifest, field) ? manifest[field] : null) ?? null;
  if (value !== null && !isJsonObject(value)) problems.push(`"${field}" of "${PACK_MANIFEST}" is no object; expected one`);
  return isJsonObject(value) ? Object.entries(value) : [];
}

function listOf(manifest: JsonObject, field: string, problems: string[]): readonly Json[] {
  const value = (Object.hasOwn(manifest, field) ? manifest[field] : null) ?? null;
  if (value !== null && !Array.isArray(value)) problems.push(`"${field}" of "${PACK_MANIFEST}" is no list; expected one`);
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** A file cannot be a directory too. */
function conflicts(files: readonly { readonly path: string }[], directories: readonly string[]): string[] {
  const names = new Set(files.map(({ path }) => path));
  const inside = [...names, ...directories].flatMap((path) => {
    const parts = path.split('/');
    const parents = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
    const above = parents.find((parent) => names.has(parent));
    return above === undefined ? [] : [`${quoted(path)} lies in ${quoted(above)}, which is a file; expected one of the two`];
  });
  const both = directories.filter((path) => names.has(path));
  return [...inside, ...both.map((path) => `${quoted(path)} is a file and a directory; expected one of the two`)];
}

function unusableName(path: string): string | null {
  // oxlint-disable-next-line no-control-regex
  if (/[\0-\x1f\x7f\\\ufffd]/.test(path)) return 'has a character that is not allowed';
  if (byteLength(path) > LONGEST_PATH_BYTES) return `is longer than ${LONGEST_PATH_BYTES} bytes`;
  if (path.split('/').some((part) => byteLength(part) > LONGEST_NAME_BYTES)) return `has a part longer than ${LONGEST_NAME_BYTES} bytes`;
  return null;
}

/** `./x` is `x`, as path joining has it. */
function plain(path: string): string {
  return path.replace(/^(?:\.\/+)+/, '');
}

function inOrder<T extends { readonly path: string }>(files: readonly T[]): readonly T[] {
  return [...files].sort((left, right) => byCodeUnits(left.path, right.path));
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function quoted(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}
