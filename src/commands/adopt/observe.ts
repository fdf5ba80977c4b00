/** Looks at a cluster as far as an adoption is concerned. */
import { gunzipSync } from 'node:zlib';
import type { Cluster } from '../../adapters/cluster.ts';
import { RemoteError } from '../../adapters/remote-error.ts';
import { withEngineMarks } from '../../adopt/engine-marks.ts';
import { objectKey, withoutValues, type LiveObject } from '../../adopt/live-object.ts';
import { entriesOf, isUpdateBy } from '../../adopt/managed-fields.ts';
import { ENGINES, type Adoption, type Observed, type OperatorDeployment, type RenderedObject, type Verdict } from '../../adopt/observed.ts';
import { isLabelledBy, isOwnedBy, OPERATOR_KINDS } from '../../adopt/operator.ts';
import { recordName, recordOf } from '../../adopt/record.ts';
import { storedFields } from '../../adopt/stored-fields.ts';
import type { KubeObject } from '../../kube/types.ts';
import { inParallel } from '../../lib/in-parallel.ts';
import { withSortedKeys, type Json, type JsonObject } from '../../lib/json.ts';

export const RECORD_KEY = 'record.json.gz';
const MOST_REQUESTS_AT_ONCE = 8;
/** At one object that changes all the time. */
const MOST_LOOKS = 10;
const INSTANCE_VERSIONS = ['openclaw.rocks/v1alpha1', 'openclaw.rocks/v1'];

/** `manifests` are what is rendered for the instance; the engine's verdict on them is asked only where it counts. */
export async function observe(
  cluster: Cluster,
  adoption: Adoption,
  manifests: readonly KubeObject[],
  asksVerdicts: boolean,
): Promise<Observed> {
  const { name, namespace } = adoption;
  const operators = await operatorDeployments(cluster);
  const instance = await instanceOf(cluster, namespace, name);
  const record = await recordIn(cluster, namespace, name);
  const wanted = new Set([...manifests, ...(record?.content.objects ?? [])].map(objectKey));

  const kinds = new Map([...OPERATOR_KINDS, ...manifests].map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, { apiVersion, kind }]));
  const lists = await inParallel([...kinds.values()], MOST_REQUESTS_AT_ONCE, async ({ apiVersion, kind }) =>
    (await cluster.serves(apiVersion, kind)) ? cluster.list(apiVersion, kind, namespace) : [],
  );
  const objects = (lists.flat() as unknown as readonly LiveObject[])
    .map(withoutValues)
    .filter((object) => isOwnedBy(object, name) || isLabelledBy(object, name) || wanted.has(objectKey(object)))
    .filter((object) => objectKey(object) !== `/Secret/${recordName(name)}`);
  const present = new Map(objects.map((object) => [objectKey(object), object]));

  const rendered = await inParallel(manifests, MOST_REQUESTS_AT_ONCE, async (manifest): Promise<RenderedObject> => {
    const live = present.get(objectKey(manifest));
    const object = withEngineMarks(manifest, live, adoption.engine);
    return { object, verdict: asksVerdicts ? await verdictOn(cluster, object, live, adoption) : 'unchanged' };
  });
  return { operators, instance, objects, rendered, record };
}

async function verdictOn(cluster: Cluster, object: KubeObject, live: LiveObject | undefined, adoption: Adoption): Promise<Verdict> {
  if (!(await cluster.serves(object.apiVersion, object.kind))) return 'kind is not served';
  const fieldManager = ENGINES[adoption.engine];
  const isOperators = live !== undefined && entriesOf(live).some((entry) => isUpdateBy(entry, adoption.operatorManager));
  try {
    // Joined with the operator's fields, which go first, it may be nothing that anybody would accept. A claim that is bound has more in it than is ever rendered.
    if (isOperators && object.kind !== 'PersistentVolumeClaim') {
      const { resourceVersion } = live.metadata;
      await cluster.rehearsing.replace({ ...object, metadata: { ...object.metadata, resourceVersion } } as KubeObject, fieldManager);
      return 'changes';
    }
    return (await staysTheSame(cluster, object, live, fieldManager)) ? 'unchanged' : 'changes';
  } catch (error) {
    if (!(error instanceof RemoteError) || error.status === null || error.canRetry) throw error;
    // Somebody changes it at this moment; the next look tells.
    if (error.status === 409) return 'changes';
    return { refusal: error.message };
  }
}

/** Another text of a later version than the one that was seen says nothing: somebody may have written it in between. */
async function staysTheSame(cluster: Cluster, object: KubeObject, seen: LiveObject | undefined, fieldManager: string): Promise<boolean> {
  let live = seen;
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const after = withoutValues((await cluster.rehearsing.apply(object, { fieldManager, force: true })) as unknown as LiveObject);
    if (live === undefined) return false;
    if (textOf(after) === textOf(live)) return true;
    if (after.metadata.resourceVersion === live.metadata.resourceVersion) return false;
    const found = (await cluster.get(object)) as unknown as LiveObject | null;
    live = found === null ? undefined : withoutValues(found);
  }
  return false;
}

/**
 * Of an object the same as long as nobody has changed more than its status, which controllers write all the time and no apply of ours touches;
 * who owns which other field that is there counts, and when it was set does not.
 */
function textOf(object: LiveObject): string {
  const {
    resourceVersion: _,
    generation: __,
    managedFields = [],
    ...metadata
  } = object.metadata as LiveObject['metadata'] & { generation?: number };
  const owners = managedFields
    .filter(({ subresource }) => subresource !== 'status')
    .map(({ time: ___, fieldsV1 = {}, ...entry }) => ({ ...entry, fieldsV1: storedFields(fieldsV1, object as unknown as Json) }))
    .map((entry) => JSON.stringify(withSortedKeys(entry as unknown as JsonObject)))
    .sort();
  const { status: ____, ...content } = object;
  return JSON.stringify(withSortedKeys({ ...content, metadata: { ...metadata, managedFields: owners } } as unknown as Json));
}

/** Null where the cluster does not let us look. */
async function operatorDeployments(cluster: Cluster): Promise<readonly OperatorDeployment[] | null> {
  let deployments: readonly JsonObject[];
  try {
    deployments = await cluster.list('apps/v1', 'Deployment', null);
  } catch (error) {
    if (error instanceof RemoteError && error.status === 403) return null;
    throw error;
  }
  return (deployments as unknown as readonly Deployment[]).flatMap(({ metadata, spec, status }) => {
    const images = spec.template.spec.containers.map(({ image }) => image ?? '');
    const isOperator =
      metadata.labels?.['app.kubernetes.io/name'] === 'openclaw-operator' ||
      images.some((image) => /(?:^|\/)openclaw-operator(?:[:@]|$)/.test(image));
    const runs = spec.replicas !== 0 || (status?.replicas ?? 0) > 0;
    return isOperator ? [{ namespace: metadata.namespace, name: metadata.name, runs }] : [];
  });
}

interface Deployment {
  readonly metadata: LiveObject['metadata'];
  readonly spec: {
    readonly replicas?: number;
    readonly template: { readonly spec: { readonly containers: readonly { readonly image?: string }[] } };
  };
  readonly status?: { readonly replicas?: number };
}

async function instanceOf(cluster: Cluster, namespace: string, name: string): Promise<LiveObject | null> {
  for (const apiVersion of INSTANCE_VERSIONS) {
    if (!(await cluster.serves(apiVersion, 'OpenClawInstance'))) continue;
    return (await cluster.get({ apiVersion, kind: 'OpenClawInstance', metadata: { namespace, name } })) as unknown as LiveObject | null;
  }
  return null;
}

async function recordIn(cluster: Cluster, namespace: string, name: string): Promise<Observed['record']> {
  const found = await cluster.get({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name: recordName(name) } });
  if (found === null) return null;
  const data = found['data'] as Readonly<Record<string, string>> | undefined;
  const content = recordOf(unpacked(data?.[RECORD_KEY] ?? ''));
  if (content === null)
    throw new RemoteError(
      `Secret/${recordName(name)} in namespace ${namespace}`,
      'is no record of an adoption; it has to be looked at and deleted by hand',
    );
  return { content, object: withoutValues(found as unknown as LiveObject) };
}

function unpacked(base64: string): string {
  try {
    return gunzipSync(Buffer.from(base64, 'base64')).toString('utf8');
  } catch {
    return '';
  }
}
