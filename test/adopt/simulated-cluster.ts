/** A cluster of plain maps that keeps who owns which field, applies as the API server does, and collects what has lost its owner. */
import type { KubeObject } from '../../src/kube/types.ts';
import { isJsonObject, type Json, type JsonObject } from '../../src/lib/json.ts';
import { objectKey, withoutValues, type LiveObject, type ManagedFieldsEntry } from '../../src/adopt/live-object.ts';
import { ENGINES, type Adoption, type Observed } from '../../src/adopt/observed.ts';
import { SECRETS_MANAGER } from '../../src/adopt/operator.ts';
import { recordName, recordOf, recordText } from '../../src/adopt/record.ts';
import type { Step } from '../../src/adopt/step.ts';

export const NAMESPACE = 'agents';
export const INSTANCE = 'ada';
const OPERATOR = 'manager';

type Fields = Record<string, Json>;

interface Stored {
  readonly object: KubeObject;
  readonly metadata: LiveObject['metadata'];
}

export class SimulatedCluster {
  readonly objects = new Map<string, LiveObject>();
  instance: LiveObject | null;
  record: Observed['record'] = null;
  operatorRuns = false;
  #versions = 0;

  constructor(operatorObjects: readonly JsonObject[]) {
    this.instance = this.#new({ apiVersion: 'openclaw.rocks/v1alpha1', kind: 'OpenClawInstance', metadata: { name: INSTANCE }, spec: {} });
    this.instance = { ...this.instance, metadata: { ...this.instance.metadata, finalizers: ['openclaw.rocks/finalizer'] } };
    const { apiVersion, kind, metadata } = this.instance;
    for (const object of operatorObjects) {
      const made = this.#new(object);
      const ownerReferences = [{ apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true }];
      const managedFields = [entry(OPERATOR, 'Update', made)];
      this.#store({ ...made, metadata: { ...made.metadata, ownerReferences, managedFields } });
    }
  }

  observed(manifests: readonly KubeObject[], adoption: Adoption): Observed {
    return {
      operators: [{ namespace: 'operators', name: 'openclaw-operator', runs: this.operatorRuns }],
      instance: this.instance,
      objects: [...this.objects.values()].map(withoutValues),
      rendered: manifests.map((object) => {
        const live = this.objects.get(objectKey(object));
        const after = this.#applied(object, ENGINES[adoption.engine]);
        return { object, verdict: live !== undefined && JSON.stringify(after) === JSON.stringify(live) ? 'unchanged' : 'changes' };
      }),
      record: this.record,
    };
  }

  act(step: Step, observed: Observed, { engine }: Adoption): void {
    switch (step.type) {
      case 'record': {
        const content = recordOf(recordText({ instance: observed.instance!, objects: observed.objects }))!;
        this.record = { content, object: this.#new({ apiVersion: 'v1', kind: 'Secret', metadata: { name: recordName(INSTANCE) } }) };
        return;
      }
      case 'own-data': {
        const { apiVersion, kind, metadata, data } = this.#live(step.object);
        this.#store(this.#applied({ apiVersion, kind, metadata: { name: metadata.name }, data } as KubeObject, SECRETS_MANAGER));
        return;
      }
      case 'strip-owner':
        this.#setMetadata(step.object, { ownerReferences: step.kept });
        return;
      case 'hand-over':
        this.#setMetadata(step.object, { managedFields: step.managedFields });
        return;
      case 'apply':
        this.#store(this.#applied(step.object, ENGINES[engine]));
        return;
      case 'release-instance':
        this.instance = { ...step.object, metadata: { ...step.object.metadata, finalizers: step.kept } };
        return;
      case 'delete-instance':
      case 'await-deletion':
        this.instance = null;
        this.#collect();
        return;
      case 'create-instance':
        this.instance = this.#new(step.object as unknown as JsonObject);
        return;
      case 'restore': {
        const values = step.live !== null && step.object.kind === 'Secret' ? { data: this.#live(step.live)['data'] } : {};
        const stored =
          step.live === null ? this.#new(step.object as unknown as JsonObject) : { ...(step.object as unknown as LiveObject), ...values };
        const { managedFields = [] } = stored.metadata;
        const operators = managedFields.length > 0 ? managedFields : [entry(OPERATOR, 'Update', stored)];
        const { ownerReferences = [] } = (step.object as unknown as LiveObject).metadata;
        this.#store({ ...stored, metadata: { ...stored.metadata, ownerReferences, managedFields: operators } });
        this.#collect();
        return;
      }
      case 'delete':
        this.objects.delete(objectKey(step.object));
        return;
      case 'forget':
        this.record = null;
        return;
      default:
        step satisfies never;
    }
  }

  /** Everything below an owner that is not there goes. */
  #collect(): void {
    for (const [key, { metadata }] of this.objects) {
      const owners = metadata.ownerReferences ?? [];
      if (owners.length > 0 && owners.every(({ uid }) => uid !== this.instance?.metadata.uid)) this.objects.delete(key);
    }
  }

  #new(object: JsonObject): LiveObject {
    this.#versions += 1;
    const metadata = { ...(object['metadata'] as JsonObject), namespace: NAMESPACE, uid: `uid-${this.#versions}`, resourceVersion: '1' };
    return { ...object, metadata } as unknown as LiveObject;
  }

  #live(object: LiveObject): LiveObject {
    return this.objects.get(objectKey(object))!;
  }

  #store(object: LiveObject): void {
    this.objects.set(objectKey(object), object);
  }

  #setMetadata(object: LiveObject, change: Partial<LiveObject['metadata']>): void {
    const live = this.#live(object);
    this.#store({ ...live, metadata: { ...live.metadata, ...change } });
  }

  #applied(manifest: KubeObject, manager: string): LiveObject {
    const live = this.objects.get(objectKey(manifest)) ?? this.#new({ ...manifest, metadata: { name: manifest.metadata.name! } });
    const others = (live.metadata.managedFields ?? []).filter((one) => !(one.manager === manager && one.operation === 'Apply'));
    const own = (live.metadata.managedFields ?? []).find((one) => one.manager === manager && one.operation === 'Apply');
    const wanted = leaves(contentOf(manifest));
    const gone = leafPaths(own?.fieldsV1 ?? {}).filter(
      (path) => !(path in wanted) && !others.some((one) => leafPaths(one.fieldsV1 ?? {}).includes(path)),
    );
    const fields: Fields = { ...leaves(contentOf(live)), ...wanted };
    for (const path of gone) delete fields[path];
    const { apiVersion, kind, metadata } = live;
    const managedFields = [...others, entry(manager, 'Apply', manifest)];
    const { labels, ...content } = nested(fields) as { labels?: Record<string, string> };
    return { apiVersion, kind, metadata: { ...metadata, ...(labels === undefined ? {} : { labels }), managedFields }, ...content };
  }
}

function entry(manager: string, operation: string, object: KubeObject | LiveObject): ManagedFieldsEntry {
  const { labels, ...content } = contentOf(object);
  const fields = { ...content, ...(labels === undefined ? {} : { metadata: { labels } }) };
  return { manager, operation, apiVersion: object.apiVersion, fieldsType: 'FieldsV1', fieldsV1: fieldsOf(fields) };
}

function fieldsOf(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [`f:${key}`, isJsonObject(item) ? fieldsOf(item) : {}]));
}

function contentOf(object: Stored['object'] | LiveObject): JsonObject {
  const { apiVersion: _, kind: __, metadata, ...content } = object as LiveObject;
  return { ...(metadata.labels === undefined ? {} : { labels: metadata.labels }), ...content };
}

function leaves(value: JsonObject, path = ''): Fields {
  const found: Fields = {};
  for (const [key, item] of Object.entries(value)) {
    if (isJsonObject(item)) Object.assign(found, leaves(item, `${path}${key}\n`));
    else found[`${path}${key}`] = item;
  }
  return found;
}

/** Of owned fields, in the form of `leaves`. */
function leafPaths(fields: JsonObject, path = ''): string[] {
  return Object.entries(fields).flatMap(([key, item]) => {
    const name = key.slice(2);
    if (path === '' && name === 'metadata') return leafPaths(item as JsonObject, '');
    return isJsonObject(item) && Object.keys(item).length > 0 ? leafPaths(item, `${path}${name}\n`) : [`${path}${name}`];
  });
}

function nested(fields: Fields): JsonObject {
  const result: Record<string, Json> = {};
  for (const [path, value] of Object.entries(fields)) {
    const keys = path.split('\n');
    let place = result;
    for (const key of keys.slice(0, -1)) place = (place[key] ??= {}) as Record<string, Json>;
    place[keys.at(-1)!] = value;
  }
  return result;
}
