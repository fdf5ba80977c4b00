/** Every golden output by the real kubectl: applied client-side twice, compared, and handed to Argo CD's server-side apply. */
import type { ApiObject } from '../api-client.ts';
import { storedObjects } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { content } from '../content.ts';
import { ARGOCD, fieldOwners, LAST_APPLIED } from '../field-owners.ts';
import { inFreshNamespaces, missingNamespaces, renderedNamespaces } from '../fresh-namespaces.ts';
import { distinctManifests, goldenCases } from '../golden-cases.ts';
import { withKubectl } from '../kubectl.ts';
import type { Kubectl, KubectlRun } from '../kubectl.ts';
import { manifestOf } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { renderedManifests } from '../rendered.ts';
import type { CheckResult } from '../report.ts';

/** Processes at a time, each for its share of the cases. */
const SHARES = 3;
const CONTROL_NAMESPACE = 'kubectl-control';
const LARGE_NAMESPACE = 'kubectl-large';
const SHOWN_LINES = 8;

const APPLY = ['apply'];
const DIFF = ['diff'];
const SERVER_SIDE = ['--server-side', `--field-manager=${ARGOCD}`];
/** As Argo CD does. */
const FORCED = [...SERVER_SIDE, '--force-conflicts'];
/** The server puts a phase into each item of this list, which has one owner as a whole: all but forced moves are a conflict. */
const TEMPLATES_CONFLICT =
  'error: Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using apps/v1: .spec.volumeClaimTemplates';
/**
 * kubectl calls an object `configured` when it sends a patch, also one that changes nothing: the empty lists and false flags that we print
 * and the server does not keep, `stringData`, and the selector of a disruption budget, which Kubernetes replaces as a whole. Whether
 * anything changes is read from the server.
 */
const UNCHANGED = / unchanged$|^(?:job\.batch|poddisruptionbudget\.policy|secret|service|statefulset\.apps)\/\S+ configured$/;

export async function checkKubectl(cluster: Cluster): Promise<CheckResult> {
  const goldens = distinctManifests([...(await goldenCases()).values()]).map((manifests) =>
    // kubectl does not hand this character on in a form that the server reads: our rule `control-character`.
    manifests.filter(({ object }) => !JSON.stringify(object).includes('\u007f')),
  );
  const cases = [...goldens.map((manifests, index) => inFreshNamespaces(manifests, `kubectl-${index}`)), largeCase()];
  const all = cases.flat();
  const failures: string[] = [];
  const large = all.filter(isServerSideOnly);
  await withNamespaces(cluster.client, [CONTROL_NAMESPACE, ...missingNamespaces(all)], async () => {
    await withKubectl(cluster.client.connection, async (kubectl) => {
      failures.push(...(await controlFailures(kubectl)));
      failures.push(...(await largeFailures(kubectl, large)));
      try {
        const shares = Array.from({ length: SHARES }, (_, share) => cases.filter((_one, index) => index % SHARES === share).flat());
        const found = await Promise.all(shares.map(async (share) => await judge(cluster, kubectl, share)));
        failures.push(...found.flat());
      } finally {
        for (const { object } of renderedNamespaces(all)) await cluster.client.remove(object);
      }
    });
  });
  return {
    summary: `${all.length} objects of ${cases.length} cases, client-side twice, then server-side; ${large.length} only server-side`,
    rows: [],
    failures,
  };
}

/** An instance with files that no other case has the size for. */
function largeCase(): readonly Manifest[] {
  const initialFiles = { 'LARGE.md': `${'Large. '.repeat(18_000)}\n`, 'LARGER.md': `${'Larger. '.repeat(18_000)}\n` };
  return renderedManifests({ name: 'large', namespace: LARGE_NAMESPACE, spec: { workspace: { initialFiles } } });
}

function isServerSideOnly({ object }: Manifest): boolean {
  const options = object.metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '';
  return options.split(',').includes('ServerSideApply=true');
}

function hasClaimTemplates(object: ApiObject & { readonly spec?: { readonly volumeClaimTemplates?: readonly unknown[] } }): boolean {
  return object.spec?.volumeClaimTemplates !== undefined;
}

async function judge(cluster: Cluster, kubectl: Kubectl, manifests: readonly Manifest[]): Promise<readonly string[]> {
  const clientSide = manifests.filter((manifest) => !isServerSideOnly(manifest));
  const failures = [...unexpected('the first apply', await kubectl(APPLY, clientSide), clientSide, / created$/)];
  const before = await storedObjects(cluster, clientSide);
  failures.push(...unexpected('the second apply', await kubectl(APPLY, clientSide), clientSide, UNCHANGED));
  for (const [index, again] of (await storedObjects(cluster, clientSide)).entries()) {
    const isUntouched = cluster.hasControllers || again.metadata.resourceVersion === before[index]?.metadata.resourceVersion;
    if (!isUntouched || content(again) !== content(before[index])) failures.push(`${nameOf(again)} changes when applied again`);
  }
  failures.push(...unexpected('a diff', await kubectl(DIFF, clientSide), []));
  failures.push(...(await moveFailures(cluster, kubectl, manifests)));
  // Of a Namespace with nothing but its name, nobody owns anything.
  const owned = manifests.filter(({ object }) => object.kind !== 'Namespace' || object.metadata.labels !== undefined);
  for (const object of await storedObjects(cluster, owned)) failures.push(...ownerFailures(object));
  return [...failures, ...unexpected('a server-side diff', await kubectl([...DIFF, ...FORCED], manifests), [])];
}

/** The move to server-side apply changes the owners of fields and nothing else, and only claim templates need force. */
async function moveFailures(cluster: Cluster, kubectl: Kubectl, manifests: readonly Manifest[]): Promise<readonly string[]> {
  const failures: string[] = [];
  // A null in an object of the user's own arrives by server-side apply only.
  const known = manifests.filter((manifest) => !isServerSideOnly(manifest) && !manifest.text.includes(': null\n'));
  const before = await storedObjects(cluster, known);
  const templates = manifests.filter(({ object }) => hasClaimTemplates(object));
  for (const manifest of templates) {
    const { errors } = await kubectl([...APPLY, ...SERVER_SIDE], [manifest]);
    if (errors[0] !== TEMPLATES_CONFLICT) failures.push(`${manifest.id} moves to server-side apply with: ${errors.join(' ')}`);
  }
  const others = manifests.filter((manifest) => !templates.includes(manifest));
  failures.push(...unexpected('the move', await kubectl([...APPLY, ...SERVER_SIDE], others), others, / serverside-applied$/));
  if (templates.length > 0)
    failures.push(...unexpected('the forced move', await kubectl([...APPLY, ...FORCED], templates), templates, / serverside-applied$/));
  for (const [index, object] of (await storedObjects(cluster, known)).entries()) {
    if (object.metadata.generation !== before[index]?.metadata.generation) failures.push(`${nameOf(object)} is changed by the move`);
  }
  return failures;
}

/** What is not said of every object, or is said besides. */
function unexpected(step: string, run: KubectlRun, manifests: readonly Manifest[], expected?: RegExp): readonly string[] {
  const others = [...run.errors, ...run.lines.filter((line) => !expected?.test(line))];
  const isComplete = run.status === 0 && run.lines.length === manifests.length;
  if (isComplete && others.length === 0) return [];
  return [
    `${step}: status ${run.status}, ${run.lines.length} lines for ${manifests.length} objects`,
    ...others.slice(0, SHOWN_LINES).map((line) => `${step}: ${line}`),
  ];
}

function ownerFailures(object: ApiObject): readonly string[] {
  const id = nameOf(object);
  const owners = fieldOwners(object).map(({ manager, operation }) => `${manager} ${operation}`);
  const failures = owners.join() === `${ARGOCD} Apply` ? [] : [`${id} is owned by ${owners.join(', ')}`];
  return object.metadata.annotations?.[LAST_APPLIED] === undefined ? failures : [...failures, `${id} keeps what kubectl applied last`];
}

function nameOf({ kind, metadata }: ApiObject): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}

/** What says that it needs server-side apply does need it. */
async function largeFailures(kubectl: Kubectl, large: readonly Manifest[]): Promise<readonly string[]> {
  const failures = large.length === 0 ? ['no object needs server-side apply'] : [];
  for (const manifest of large) {
    const { errors } = await kubectl([...APPLY, '--dry-run=server'], [manifest]);
    if (!errors.join('\n').includes('metadata.annotations: Too long'))
      failures.push(`${manifest.id} asks for server-side apply, and client-side apply says: ${errors.join('; ')}`);
  }
  return failures;
}

/** A form that the server does not keep is never unchanged, a changed value is in the diff, and another manager's value is a conflict. */
async function controlFailures(kubectl: Kubectl): Promise<readonly string[]> {
  const failures: string[] = [];
  const service = manifestOf(control('Service', { spec: { ports: [{ name: 'web', port: 80, nodePort: 0 }] } }));
  const settings = manifestOf(control('ConfigMap', { data: { colour: 'blue' } }));
  const changed = manifestOf(control('ConfigMap', { data: { colour: 'red' } }));
  await kubectl(APPLY, [service, settings]);
  const again = await kubectl(APPLY, [service, settings]);
  if (again.lines.join() !== 'service/control configured,configmap/control unchanged')
    failures.push(`control: the second apply of nodePort: 0 says ${[...again.lines, ...again.errors].join(', ')}`);
  for (const flags of [[], SERVER_SIDE]) {
    const force = flags.length > 0 ? ['--force-conflicts'] : [];
    const diff = await kubectl([...DIFF, ...flags, ...force], [changed]);
    if (diff.status !== 1 || !diff.lines.includes('+  colour: red'))
      failures.push(`control: kubectl diff ${flags.join(' ')} of a changed key gives ${diff.status}: ${diff.errors.join(', ')}`);
  }
  const conflict = await kubectl([...APPLY, ...SERVER_SIDE], [changed]);
  if (conflict.status !== 1 || !conflict.errors.join('\n').includes('conflict with "kubectl-client-side-apply"'))
    failures.push(`control: another manager's value is no conflict: ${[...conflict.lines, ...conflict.errors].join(', ')}`);
  return failures;
}

function control(kind: string, rest: object): ApiObject {
  const metadata = { name: 'control', namespace: CONTROL_NAMESPACE };
  return { apiVersion: 'v1', kind, metadata, ...rest };
}
