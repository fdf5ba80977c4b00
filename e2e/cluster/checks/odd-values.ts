/**
 * One odd value at a time in every field that a golden input says: the renderer refuses the spec, or the API server takes all that is
 * rendered of it, and warns of nothing that the renderer has not warned of. Nothing is stored.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { hasErrors, type Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { render, toJsonLine } from '../../../src/index.ts';
import { ApiClient } from '../api-client.ts';
import type { Cluster } from '../cluster.ts';
import { manifestsOfJsonLines, type Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { ABSENT, oddValues } from '../odd-values.ts';
import type { CheckResult } from '../report.ts';

const GOLDEN = join(import.meta.dirname, '../../../golden');
const NAMESPACE = 'odd-values';
const CONNECTIONS = 4;
/** Parts of OpenClaw's own configuration are the business of another stage. */
const DEEPEST_OF_CONFIG = 6;
/** The API server looks a namespace up before it judges what is in it: an odd one is only not found. */
const SURROUNDINGS = new Set(['metadata.namespace']);
/** A hash follows every change of what the pod reads, and is the same kind of text each time. */
const HASHES = /"openclaw\.rocks\/(config|secret)-hash":"[^"]*"/g;
/** Mappings whose keys the user makes up: one of them stands for all. */
const FREE_KEYS = /(labels|annotations|Annotations|initialFiles|nodeSelector|matchLabels)$/;

type Path = readonly (string | number)[];
type Instance = Readonly<Record<string, unknown>>;

interface Place {
  readonly instance: Instance;
  readonly path: Path;
  readonly value: unknown;
  /** What is told of the instance as it is. */
  readonly told: ReadonlySet<string>;
}

interface Attempt {
  /** `path: value`. */
  readonly title: string;
  readonly manifest: Manifest;
  /** The renderer has something to say that it does not say of the instance as it was. */
  readonly isWarned: boolean;
}

export async function checkOddValues(cluster: Cluster): Promise<CheckResult> {
  const failures: string[] = [];
  const places = [...placesByField().values()];
  const seen = new Set<string>();
  let specs = 0;
  let refused = 0;
  let objects = 0;
  await withNamespaces(cluster.client, [NAMESPACE], async () => {
    const left = places.values();
    async function work(): Promise<void> {
      const client = new ApiClient(cluster.client.connection);
      try {
        for (const place of left) {
          for (const odd of oddValues(place.value)) {
            specs += 1;
            const attempts = attemptsWith(place, odd);
            if (attempts === null) refused += 1;
            for (const attempt of attempts ?? []) {
              const judged = attempt.manifest.text.replaceAll(HASHES, '');
              if (seen.has(judged)) continue;
              seen.add(judged);
              objects += 1;
              failures.push(...(await judge(client, attempt)));
            }
          }
        }
      } finally {
        client.close();
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
  });
  if (refused === 0 || objects === 0) failures.push(`${refused} specs were refused and ${objects} objects judged: nothing is proven`);
  return {
    summary: `${specs} specs with an odd value in one of ${places.length} fields: ${refused} refused, ${objects} objects`,
    rows: [],
    failures,
  };
}

async function judge(client: ApiClient, { title, manifest, isWarned }: Attempt): Promise<readonly string[]> {
  const { id, object, text } = manifest;
  const { message, status, warnings } = await client.apply(object, { fieldManager: 'argocd-controller', dryRun: true, text });
  if (status !== 200 && status !== 201) return [`${title}: ${id}: ${status} ${message.slice(0, 300)}`];
  const news = warnings.filter((warning) => !warning.startsWith('would violate PodSecurity'));
  return news.length === 0 || isWarned ? [] : [`${title}: ${id}: the server alone warns: ${news.join('; ').slice(0, 300)}`];
}

/** The objects of the instance with that value; null when it is refused. */
function attemptsWith(place: Place, odd: unknown): readonly Attempt[] | null {
  const title = `${place.path.join('.')}: ${odd === ABSENT ? 'absent' : JSON.stringify(odd).slice(0, 60)}`;
  const { diagnostics, lines } = rendered(changed(place.instance, place.path, odd), title);
  if (hasErrors(diagnostics)) return null;
  const isWarned = diagnostics.some(({ rule }) => !place.told.has(rule));
  return manifestsOfJsonLines(lines.join('\n')).map((manifest) => ({ title, manifest, isWarned }));
}

function rendered(instance: Instance, title: string): { readonly diagnostics: readonly Diagnostic[]; readonly lines: readonly string[] } {
  try {
    const { diagnostics, objects } = render([{ name: 'instance.json', bytes: new TextEncoder().encode(JSON.stringify(instance)) }]);
    return { diagnostics, lines: [...objects].map((object) => toJsonLine(object)) };
  } catch (error) {
    throw new Error(`${title}: the renderer throws`, { cause: error });
  }
}

function changed(instance: Instance, path: Path, odd: unknown): Instance {
  const copy = structuredClone(instance);
  let parent = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) parent = parent[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (odd !== ABSENT) parent[last] = odd;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

/** A place for each field that some golden instance says, in one that renders by itself. */
function placesByField(): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const instance of goldenInstances()) {
    const { diagnostics } = rendered(instance, 'a golden input');
    if (hasErrors(diagnostics)) continue;
    const told = new Set(diagnostics.map(({ rule }) => rule));
    for (const root of ['metadata', 'spec'])
      visit(instance[root], [root], (path, value) => {
        const field = fieldOf(path);
        if (!places.has(field) && !SURROUNDINGS.has(field) && !(path.includes('raw') && path.length > DEEPEST_OF_CONFIG))
          places.set(field, { instance, path, value, told });
      });
  }
  return places;
}

function fieldOf(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return '*';
      return FREE_KEYS.test(String(path[index - 1])) ? 'KEY' : step;
    })
    .join('.');
}

function visit(value: unknown, path: Path, found: (path: Path, value: unknown) => void): void {
  // The root of each tree is no field of its own.
  if (path.length > 1) found(path, value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) visit(child, [...path, Array.isArray(value) ? Number(key) : key], found);
}

/** The smallest first, which leave an odd value alone with as little as its field needs. */
function goldenInstances(): readonly Instance[] {
  const instances: Instance[] = [];
  for (const file of globSync('*/input/**/*.{yaml,yml}', { cwd: GOLDEN }).toSorted()) {
    for (const document of parseAllDocuments(readFileSync(join(GOLDEN, file), 'utf8'))) {
      if (document.errors.length > 0) continue;
      const value = document.toJS() as Instance | null;
      if (value?.['kind'] !== 'OpenClawInstance') continue;
      // The text of JSON is what the renderer reads; dates and shared nodes of YAML have no other form there.
      const instance = JSON.parse(JSON.stringify(value)) as { metadata?: object };
      instances.push({ ...instance, metadata: { ...instance.metadata, namespace: NAMESPACE } });
    }
  }
  return instances.toSorted((one, other) => JSON.stringify(one).length - JSON.stringify(other).length);
}
