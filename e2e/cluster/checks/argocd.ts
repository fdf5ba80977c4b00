/** Every golden output by Argo CD's own code: it reads the line, applies, compares and judges the health as its controller does. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { ApiObject } from '../api-client.ts';
import { storedObjects } from '../apply-all.ts';
import { characterFailures, refusalFailures } from '../argocd-characters.ts';
import { argocdVerdicts } from '../argocd-verdicts.ts';
import type { ArgocdVerdict } from '../argocd-verdicts.ts';
import type { Cluster } from '../cluster.ts';
import { inFreshNamespaces, missingNamespaces, renderedNamespaces } from '../fresh-namespaces.ts';
import { distinctManifests, goldenCases } from '../golden-cases.ts';
import type { Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { isRefusedServerSide } from '../refused-text.ts';
import type { CheckResult } from '../report.ts';
import { defineUserKinds } from '../user-kinds.ts';

/** Ways to apply, to compare and to track, each over what the one before left. */
const STEPS = 6;
const APPLICATIONS = join(import.meta.dirname, '../../../install/argocd/applications');
/** Who fills the generated Secrets. */
const FILLER = 'openclaw-gitops-secrets';

const CHARACTERS_NAMESPACE = 'argocd-characters';

/** Where an Application's differences to ignore stand, its own and those of a set's template. */
const IGNORED = [
  ['spec', 'ignoreDifferences'],
  ['spec', 'template', 'spec', 'ignoreDifferences'],
];

const DOCUMENT = join(import.meta.dirname, '../../../install/README.md');
const HEALTH_ROW = /^\| (?<kind>[A-Z]\w+)(?: \(your own\))? \| (?<health>(?:Healthy|Progressing|Degraded| or )+) \|/;

export async function checkArgocd(cluster: Cluster): Promise<CheckResult> {
  const goldens = distinctManifests([...(await goldenCases()).values()]);
  const cases = goldens.map((manifests, index) => inFreshNamespaces(manifests, `argocd-${index}`));
  const all = cases.flat().filter((manifest) => !isRefusedServerSide(manifest));
  const refused = cases.flat().filter(isRefusedServerSide);
  await defineUserKinds(cluster.client, all);
  const namespaces = renderedNamespaces(all);
  const verdicts: ArgocdVerdict[] = [];
  const failures = [...(await ignoringApplications())];
  await withNamespaces(cluster.client, [CHARACTERS_NAMESPACE, ...missingNamespaces([...all, ...refused])], async () => {
    try {
      // Before what is in them, as Argo CD does.
      verdicts.push(...(await argocdVerdicts(cluster, 'apply', namespaces)));
      const others = all.filter((manifest) => !namespaces.includes(manifest));
      verdicts.push(...(await argocdVerdicts(cluster, 'apply', others)));
      failures.push(...(await filledFailures(cluster, others)));
      failures.push(...(await refusalFailures(cluster, refused)));
      failures.push(...(await characterFailures(cluster, CHARACTERS_NAMESPACE)));
    } finally {
      for (const { object } of namespaces) await cluster.client.remove(object);
    }
  });
  failures.push(...failuresOf(verdicts, all));
  const health = healthOf(verdicts);
  const documented = documentedHealth(await readFile(DOCUMENT, 'utf8'));
  // Where controllers work it changes while we look.
  if (!cluster.hasControllers && !isDeepStrictEqual(health, documented))
    failures.push(`health is ${JSON.stringify(health)}, documented is ${JSON.stringify(documented)}`);
  return {
    summary: `${all.length} objects of ${cases.length} cases, applied and compared in ${STEPS} ways, ${refused.length} refused server-side`,
    rows: Object.entries(health),
    failures,
  };
}

/** Nothing that is rendered differs, so none of our Applications has a difference to ignore. */
async function ignoringApplications(): Promise<readonly string[]> {
  const failures: string[] = [];
  const files = (await readdir(APPLICATIONS)).filter((file) => file.endsWith('.yaml'));
  if (files.length === 0) failures.push('there are no Applications');
  for (const file of files) {
    const documents = parseAllDocuments(await readFile(join(APPLICATIONS, file), 'utf8'));
    if (documents.some((document) => IGNORED.some((path) => document.hasIn(path))))
      failures.push(`${file} ignores differences without need`);
  }
  return failures;
}

/** A generated Secret is empty in Git: what the cluster fills in is no difference, and stays in every way to apply. */
async function filledFailures(cluster: Cluster, manifests: readonly Manifest[]): Promise<readonly string[]> {
  const { client } = cluster;
  const empty = manifests.filter(({ object }) => object.kind === 'Secret' && !('data' in object) && !('stringData' in object));
  const failures = empty.length === 0 ? ['no Secret is rendered empty'] : [];
  const data = { token: Buffer.from('filled').toString('base64') };
  for (const { id, object } of empty) {
    const { apiVersion, kind, metadata } = object;
    const filled = { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace }, data } as ApiObject;
    const { message, status } = await client.apply(filled, { fieldManager: FILLER });
    if (status !== 200) failures.push(`${id} cannot be filled: ${message}`);
  }
  failures.push(...failuresOf(await argocdVerdicts(cluster, 'apply', empty), empty).map((failure) => `filled: ${failure}`));
  for (const stored of await storedObjects(cluster, empty)) {
    if (!('data' in stored) || !isDeepStrictEqual(stored.data, data))
      failures.push(`Secret ${stored.metadata.name} loses what was filled in`);
  }
  return failures;
}

function healthOf(verdicts: readonly ArgocdVerdict[]): Readonly<Record<string, string>> {
  const statuses: Record<string, Set<string>> = {};
  for (const { health, kind } of verdicts) {
    if (health !== '') statuses[kind] = (statuses[kind] ?? new Set()).add(health);
  }
  return Object.fromEntries(Object.entries(statuses).map(([kind, found]) => [kind, [...found].toSorted().join(' or ')]));
}

function documentedHealth(document: string): Readonly<Record<string, string>> {
  const table: Record<string, string> = {};
  for (const line of document.split('\n')) {
    const { kind, health } = HEALTH_ROW.exec(line)?.groups ?? {};
    if (kind !== undefined && health !== undefined) table[kind] = health;
  }
  return table;
}

function failuresOf(verdicts: readonly ArgocdVerdict[], manifests: readonly Manifest[]): readonly string[] {
  const failures = verdicts.flatMap((verdict) => failuresOfOne(verdict).map((failure) => `${verdict.object}: ${verdict.step}: ${failure}`));
  const isComplete = verdicts.length === manifests.length * STEPS;
  return isComplete ? failures : [...failures, `${verdicts.length} verdicts on ${manifests.length} objects`];
}

function failuresOfOne({ error, live, modified, predicted, seen }: ArgocdVerdict): readonly string[] {
  if (error !== undefined) return [error];
  const failures = modified ? [`OutOfSync at ${differences(live, predicted).join(', ')}`] : [];
  return seen ? failures : [...failures, 'control: a label that only Git has is not seen'];
}

/** Paths at which two values differ, never the values: some are secret. */
function differences(one: unknown, other: unknown, path = ''): readonly string[] {
  if (isDeepStrictEqual(one, other)) return [];
  if (!isContainer(one) || !isContainer(other)) return [path];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) => differences(one[key], other[key], `${path}/${key}`));
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
