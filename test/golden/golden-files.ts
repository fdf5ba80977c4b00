/** The files that a case should consist of, and how they differ from those on disk. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../src/lib/json.ts';
import { MANAGED_BY } from '../../src/kube/labels.ts';
import { parseSources } from '../../src/parse/parse.ts';
import { objectsDelta } from './delta.ts';
import { caseInput, goldenCase, MINIMAL, type GoldenCase } from './golden-case.ts';
import { errorText, outcomeOf, withoutProgramTexts, yamlText, type Outcome } from './outcome.ts';

const EXPECTED = 'expected.yaml';
const STDERR = 'stderr.txt';
const DELTA = 'delta.txt';
const KEPT_FILES = [EXPECTED, STDERR, DELTA] as const;
type Kept = (typeof KEPT_FILES)[number];
export type GoldenFiles = ReadonlyMap<Kept, string>;

interface Owner {
  readonly namespace: string;
  readonly name: string;
}

function labelsOf({ metadata }: JsonObject): JsonObject {
  const { labels } = metadata as JsonObject;
  return isJsonObject(labels) ? labels : {};
}

function isRendered(object: JsonObject): boolean {
  return labelsOf(object)['app.kubernetes.io/managed-by'] === MANAGED_BY;
}

/** The instance that a rendered object belongs to; null for one that passed through, or stands beside the instances. */
export function ownerOf(object: JsonObject): Owner | null {
  const name = labelsOf(object)['app.kubernetes.io/instance'];
  if (!isRendered(object) || typeof name !== 'string') return null;
  return { namespace: String((object['metadata'] as JsonObject)['namespace']), name };
}

/** golden/minimal under another name and namespace, so that a delta shows neither. */
async function minimalObjects({ namespace, name }: Owner): Promise<JsonObject[]> {
  const { files, options } = await caseInput(goldenCase(MINIMAL));
  const { value } = parseSources(files).objects[0]!;
  const bytes = new TextEncoder().encode(JSON.stringify({ ...value, metadata: { namespace, name } }));
  return [...outcomeOf({ files: [{ name: 'minimal.json', bytes }], options }).objects];
}

async function deltaText(objects: readonly JsonObject[]): Promise<string> {
  const lines: string[] = [];
  const owners = new Map<string, Owner>();
  for (const object of objects) {
    const owner = ownerOf(object);
    const title = `${String(object['kind'])}/${String((object['metadata'] as JsonObject)['name'])}`;
    if (owner === null) lines.push(isRendered(object) ? `+ ${title}` : `= ${title} passes through`);
    else owners.set(`${owner.namespace}/${owner.name}`, owner);
  }
  for (const [title, owner] of owners) {
    if (owners.size > 1) lines.push(`instance ${title}`);
    const own = objects.filter((object) => {
      const other = ownerOf(object);
      return other?.name === owner.name && other.namespace === owner.namespace;
    });
    lines.push(...objectsDelta(withoutProgramTexts(await minimalObjects(owner)), withoutProgramTexts(own)));
  }
  return lines.length === 0 ? 'nothing\n' : `${lines.join('\n')}\n`;
}

/** What the case's folder must hold beside its input. */
export async function goldenFiles({ name, keepsManifests }: GoldenCase, { refused, objects, diagnostics }: Outcome): Promise<GoldenFiles> {
  const files = new Map<Kept, string>();
  if (diagnostics.length > 0) files.set(STDERR, errorText(diagnostics));
  if (refused || !keepsManifests) return files;
  files.set(EXPECTED, yamlText(withoutProgramTexts(objects)));
  if (name !== MINIMAL) files.set(DELTA, await deltaText(objects));
  return files;
}

function firstDifference(expected: string, actual: string): string {
  const [left, right] = [expected.split('\n'), actual.split('\n')];
  const index = left.findIndex((line, at) => line !== right[at]);
  const at = index < 0 ? left.length : index;
  return `line ${at + 1}: golden ${JSON.stringify(left[at] ?? null)}, rendered ${JSON.stringify(right[at] ?? null)}`;
}

/** One line for each file that is missing, left over or different. */
export function goldenProblems({ name, directory, keepsManifests }: GoldenCase, wanted: GoldenFiles): string[] {
  const problems: string[] = [];
  for (const entry of readdirSync(directory)) {
    if (entry !== 'input' && entry !== 'args.txt' && !wanted.has(entry as Kept))
      problems.push(`golden/${name}/${entry} is not expected any more`);
  }
  for (const [file, text] of wanted) {
    const path = join(directory, file);
    if (!existsSync(path)) {
      problems.push(`golden/${name}/${file} is missing`);
      continue;
    }
    const golden = readFileSync(path, 'utf8');
    if (golden !== text) problems.push(`golden/${name}/${file} differs at ${firstDifference(golden, text)}`);
  }
  if (!keepsManifests && wanted.size === 0) problems.push(`golden/${name} is about a rule, but nothing is said about its input`);
  return problems;
}

export function writeGoldenFiles({ directory }: GoldenCase, files: GoldenFiles): void {
  for (const name of KEPT_FILES) {
    const text = files.get(name);
    if (text === undefined) rmSync(join(directory, name), { force: true });
    else writeFileSync(join(directory, name), text);
  }
}
