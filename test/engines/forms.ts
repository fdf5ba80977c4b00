/** Forms of objects that an engine shows as changed for ever, cannot apply, or cannot guard: what the real ones were seen to do. */
import { isJsonObject, type Json, type JsonObject } from '../../src/lib/json.ts';

/** Every such form in the objects, each as `Kind/name path: reason`. */
export function engineFaults(objects: readonly JsonObject[]): string[] {
  const faults: string[] = [];
  const scaled = new Set(
    objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').map((object) => textAt(object, ['spec', 'scaleTargetRef', 'name'])),
  );
  for (const object of objects) {
    const id = `${String(object['kind'])}/${textAt(object, ['metadata', 'name'])}`;
    const report = (path: string, reason: string): void => void faults.push(`${id} ${path}: ${reason}`);
    visit(object, '', report);
    ofKind(object, report);
    if (object['kind'] === 'StatefulSet' && scaled.has(textAt(object, ['metadata', 'name'])) && isIn(object, ['spec', 'replicas']))
      report('spec.replicas', 'printed beside an autoscaler, which the engine would undo');
  }
  return faults;
}

type Report = (path: string, reason: string) => void;

/** Lists that the server keeps by these fields: server-side apply refuses an item that comes twice. */
const KEYED_LISTS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  env: ['name'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
};

/** What may stand in any object. */
function visit(value: Json, path: string, report: Report): void {
  if (value === null) return report(path, 'null: a label of this kind is a difference for ever');
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, `${path}[${index}]`, report);
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [key, member] of Object.entries(value)) {
    const memberPath = path === '' ? key : `${path}.${key}`;
    if (key === 'resourceFieldRef' && isJsonObject(member) && !('divisor' in member))
      report(memberPath, 'no divisor: the server adds one to every item, and server-side apply sees a difference');
    if ((key === 'targetPort' || key === 'port') && typeof member === 'string' && /^\d+$/.test(member))
      report(memberPath, 'a number in quotes: refused by the server');
    if (key === 'nodePort' && member === 0) report(memberPath, '0: the server chooses another one, a difference for ever');
    if ((key === 'minAvailable' || key === 'maxUnavailable') && typeof member === 'string' && !member.endsWith('%'))
      report(memberPath, 'a number in quotes: refused by the server');
    if ((key === 'annotations' || key === 'labels') && isJsonObject(member)) onlyTexts(member, memberPath, report);
    const keys = KEYED_LISTS[key];
    if (keys && Array.isArray(member)) onlyOnce(member, keys, memberPath, report);
    visit(member, memberPath, report);
  }
}

/** What a kind must print so that engines see others change it, and what the server would add to it. */
function ofKind(object: JsonObject, report: Report): void {
  const kind = object['kind'];
  if (kind === 'ConfigMap') {
    for (const field of ['data', 'binaryData']) {
      const texts = object[field];
      if (isJsonObject(texts ?? null)) onlyTexts(texts as JsonObject, field, report);
    }
  }
  if (isIn(object, ['metadata', 'annotations', 'argocd.argoproj.io/sync-wave']))
    report('metadata.annotations', 'a sync wave: a claim that waits for its pod blocks the next one for ever');
  if (kind === 'Service' && !isIn(object, ['spec', 'externalIPs'])) report('spec.externalIPs', 'not printed: what others add is not seen');
  if (kind === 'CronJob' && !isIn(object, ['spec', 'suspend'])) report('spec.suspend', 'not printed: suspension by others is not seen');
  if (kind === 'StatefulSet') {
    for (const [index, claim] of listAt(object, ['spec', 'volumeClaimTemplates']).entries())
      for (const path of [['apiVersion'], ['kind'], ['spec', 'volumeMode']])
        if (!isIn(claim, path))
          report(`spec.volumeClaimTemplates[${index}].${path.join('.')}`, 'missing: the server adds it inside of a list');
  }
  const podPath = {
    StatefulSet: ['spec', 'template', 'spec'],
    Job: ['spec', 'template', 'spec'],
    CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  }[String(kind)];
  if (!podPath) return;
  if (kind !== 'StatefulSet' && isIn(object, [...podPath.slice(0, -1), 'metadata', 'labels', 'app.kubernetes.io/instance']))
    report(podPath.join('.'), 'pods with the label app.kubernetes.io/instance: pruned where Argo CD tracks by label');
  for (const field of ['shareProcessNamespace', 'hostNetwork', 'hostPID', 'hostIPC', 'tolerations'])
    if (!isIn(object, [...podPath, field])) report(`${podPath.join('.')}.${field}`, 'not printed: a change by others is not seen');
  for (const list of ['containers', 'initContainers'])
    for (const container of listAt(object, [...podPath, list]))
      // A privileged container has every capability as it is.
      if (at(container, ['securityContext', 'privileged']) !== true && !isIn(container, ['securityContext', 'capabilities', 'add']))
        report(`${list} ${textAt(container, ['name'])}`, 'capabilities.add is not printed: what others add is not seen');
}

function onlyTexts(map: JsonObject, path: string, report: Report): void {
  for (const [key, value] of Object.entries(map))
    if (typeof value !== 'string' && value !== null) report(`${path}.${key}`, 'not a text: refused by the server');
}

function onlyOnce(list: readonly Json[], keys: readonly string[], path: string, report: Report): void {
  const seen = new Set<string>();
  for (const item of list) {
    const key = keys.map((name) => textAt(item, [name])).join(' ');
    if (seen.has(key)) report(path, `${key} twice: refused under server-side apply`);
    seen.add(key);
  }
}

function at(value: Json, path: readonly string[]): Json | undefined {
  let found: Json | undefined = value;
  for (const key of path) {
    if (found === undefined || !isJsonObject(found)) return undefined;
    found = found[key];
  }
  return found;
}

function isIn(value: Json, path: readonly string[]): boolean {
  return at(value, path) !== undefined;
}

function textAt(value: Json, path: readonly string[]): string {
  const found = at(value, path);
  return typeof found === 'string' ? found : '';
}

function listAt(value: Json, path: readonly string[]): readonly Json[] {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
}
