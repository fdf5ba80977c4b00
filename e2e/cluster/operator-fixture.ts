/** An instance as the operator leaves it in a cluster: its custom resource, and its objects under its name and below it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { ApiObject } from './api-client.ts';
import type { Cluster } from './cluster.ts';

const ORACLE = join(import.meta.dirname, '../../test/parity/oracle');
export const OPERATOR_MANAGER = 'manager';

export interface OperatorFixture {
  readonly name: string;
  readonly namespace: string;
  /** As it lies in Git. */
  readonly input: string;
  readonly instance: ApiObject;
  /** What the operator makes, as the oracle has it. */
  readonly objects: readonly ApiObject[];
}

/** A case of the oracle, in a namespace of its own. */
export async function operatorFixture(oracleCase: string, namespace: string): Promise<OperatorFixture> {
  const input = parseAllDocuments(await readFile(join(ORACLE, `${oracleCase}.input.yaml`), 'utf8')).map(
    (document) => document.toJS() as ApiObject,
  );
  const lines = (await readFile(join(ORACLE, `${oracleCase}.jsonl`), 'utf8')).trimEnd().split('\n');
  const formerNamespace = (JSON.parse(lines[0]!) as ApiObject).metadata.namespace;
  const moved = <T>(object: T): T =>
    JSON.parse(JSON.stringify(object).replaceAll(`"namespace":"${formerNamespace}"`, `"namespace":"${namespace}"`)) as T;
  const documents = input.map((object) =>
    object.kind === 'OpenClawClusterDefaults' ? object : { ...object, metadata: { ...object.metadata, namespace } },
  );
  const instance = documents.find(({ kind }) => kind === 'OpenClawInstance');
  if (!instance) throw new Error(`${oracleCase} has no instance`);
  return {
    name: instance.metadata.name,
    namespace,
    input: documents.map((document) => JSON.stringify(document)).join('\n---\n'),
    instance,
    objects: lines.map((line) => moved(JSON.parse(line) as ApiObject)),
  };
}

/** Makes all of it as the operator does: updates under its name, a controlling owner on everything, its finalizer on the instance. */
export async function install({ client }: Cluster, { instance, objects }: OperatorFixture): Promise<void> {
  const finalizers = ['openclaw.rocks/finalizer'];
  const made = await created(client, { ...instance, metadata: { ...instance.metadata, finalizers } });
  const owner = {
    apiVersion: made.apiVersion,
    kind: made.kind,
    name: made.metadata.name,
    uid: made.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
  for (const object of objects)
    await created(client, { ...object, metadata: { ...object.metadata, ownerReferences: [owner] } } as ApiObject);
}

/** The operator itself, as its chart installs it; without a controller it has no pod. */
export function operatorDeployment(): ApiObject {
  const labels = { 'app.kubernetes.io/name': 'openclaw-operator' };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: 'manager', image: 'ghcr.io/openclaw-rocks/openclaw-operator:v0.38.3' }] },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'openclaw-operator', namespace: 'openclaw-operator-system', labels },
    spec: { replicas: 1, selector: { matchLabels: labels }, template },
  } as ApiObject;
}

async function created(client: Cluster['client'], object: ApiObject): Promise<ApiObject> {
  const path = await client.path(object);
  const collection = path.slice(0, path.lastIndexOf('/'));
  const { body, message, status } = await client.send('POST', `${collection}?fieldManager=${OPERATOR_MANAGER}`, object);
  if (status !== 201) throw new Error(`${object.kind}/${object.metadata.name}: ${status} ${message}`);
  return body as ApiObject;
}
