/**
 * Classify: which object of the input is what. Instances are expanded, cluster defaults and the lock apply to them, everything
 * else passes through unchanged and may serve instances as a companion.
 */
import { placeText, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { quoted } from '../diagnostics/quoted.ts';
import { isJsonObject, withSortedKeys, type JsonObject } from '../lib/json.ts';
import type { SourceObject } from './source.ts';

export const API_GROUP = 'openclaw.rocks';
const API_VERSIONS: ReadonlySet<string> = new Set(['v1alpha1', 'v1']);
/** Objects that only this program knows: no cluster ever sees them. */
export const OWN_API_VERSION = 'gitops.openclaw.rocks/v1alpha1';
const OWN_API_GROUP = 'gitops.openclaw.rocks';
/** Names the instance that an object was rendered for, on what the KRM function hands out: it is output and never input again. */
export const RENDERED_FROM = 'gitops.openclaw.rocks/rendered-from';
/** The one OpenClawClusterDefaults that counts. */
export const CLUSTER_DEFAULTS_NAME = 'cluster';

export interface Classified {
  readonly instances: readonly SourceObject[];
  /** The object named `cluster`, when the input has it. */
  readonly clusterDefaults: SourceObject | null;
  /** What `openclaw-gitops lock` wrote, when the input has it. */
  readonly lock: SourceObject | null;
  /** The files of skill packs, which it wrote beside the lock. */
  readonly packs: readonly SourceObject[];
  /** Parameters of the KRM function, which mean nothing to any other command. */
  readonly parameters: readonly SourceObject[];
  readonly passThrough: readonly SourceObject[];
  readonly diagnostics: readonly Diagnostic[];
}

export function nameOf(object: SourceObject): string {
  const { metadata } = object.value;
  return isJsonObject(metadata) && typeof metadata['name'] === 'string' ? metadata['name'] : '';
}

export function namespaceOf(object: SourceObject): string | undefined {
  const { metadata } = object.value;
  return isJsonObject(metadata) && typeof metadata['namespace'] === 'string' && metadata['namespace'] !== ''
    ? metadata['namespace']
    : undefined;
}

/** Whether the KRM function made the object in an earlier run. */
export function isRendered({ metadata }: JsonObject): boolean {
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined;
  return isJsonObject(annotations) && typeof annotations[RENDERED_FROM] === 'string';
}

export function classify(objects: readonly SourceObject[]): Classified {
  const instances: SourceObject[] = [];
  const passThrough: SourceObject[] = [];
  const diagnostics: Diagnostic[] = [];
  let clusterDefaults: SourceObject | null = null;
  let lock: SourceObject | null = null;
  const packs = new Map<string, SourceObject>();
  const parameters: SourceObject[] = [];
  for (const object of objects) {
    const { apiVersion, kind } = object.value;
    const [group, version = ''] = String(apiVersion).split('/');
    if (group === OWN_API_GROUP) {
      if (apiVersion !== OWN_API_VERSION) diagnostics.push(unknownVersion(object, OWN_API_VERSION));
      else if (kind === 'OpenClawPack') addPack(object);
      else if (kind === 'OpenClawRender') parameters.push(object);
      else if (kind !== 'OpenClawLock')
        diagnostics.push(unknownKind(object, OWN_API_GROUP, 'OpenClawLock, OpenClawPack or OpenClawRender'));
      else if (lock === null) lock = object;
      else if (!isSame(lock, object)) diagnostics.push(secondLock(lock, object));
    } else if (group !== API_GROUP) {
      if (!isRendered(object.value)) passThrough.push(object);
    } else if (!API_VERSIONS.has(version)) {
      diagnostics.push(unknownVersion(object, 'openclaw.rocks/v1alpha1 or openclaw.rocks/v1'));
    } else if (kind === 'OpenClawInstance') {
      instances.push(object);
    } else if (kind === 'OpenClawClusterDefaults') {
      const name = nameOf(object);
      if (name === CLUSTER_DEFAULTS_NAME && clusterDefaults === null) clusterDefaults = object;
      else diagnostics.push(ignoredDefaults(object, name));
    } else if (kind === 'OpenClawSelfConfig') {
      passThrough.push(object);
    } else {
      diagnostics.push(unknownKind(object, API_GROUP, 'OpenClawInstance or OpenClawClusterDefaults'));
    }
  }
  return { instances, clusterDefaults, lock, packs: [...packs.values()], parameters, passThrough, diagnostics };

  function addPack(object: SourceObject): void {
    const reference = String(object.value['pack']);
    const first = packs.get(reference);
    if (first === undefined) packs.set(reference, object);
    else if (!isSame(first, object)) diagnostics.push(secondPack(first, object));
  }
}

function unknownVersion(object: SourceObject, expected: string): Diagnostic {
  return {
    severity: 'error',
    rule: 'unknown-api-version',
    message: `apiVersion ${quoted(String(object.value['apiVersion']))} is not known; expected ${expected}`,
    location: object.locate(['apiVersion']),
  };
}

function unknownKind(object: SourceObject, group: string, expected: string): Diagnostic {
  return {
    severity: 'error',
    rule: 'unknown-kind',
    message: `kind ${quoted(String(object.value['kind']))} is not part of ${group}; expected ${expected}`,
    location: object.locate(['kind']),
  };
}

/** What kustomize hands on and what lies beside the kustomization, too, counts once. */
function isSame(one: SourceObject, other: SourceObject): boolean {
  return contentOf(one) === contentOf(other);
}

/** Its metadata left out: kustomize may add to it. */
function contentOf({ value }: SourceObject): string {
  return JSON.stringify(withSortedKeys({ ...value, metadata: {} }));
}

function secondLock(first: SourceObject, second: SourceObject): Diagnostic {
  return {
    severity: 'error',
    rule: 'duplicate-object',
    message: `a second OpenClawLock, which differs from the one at ${placeText(first.locate(['kind']))}; expected one for all that is rendered together`,
    hint: 'delete it and run "openclaw-gitops lock" on the directory that is rendered',
    location: second.locate(['kind']),
  };
}

function secondPack(first: SourceObject, second: SourceObject): Diagnostic {
  return {
    severity: 'error',
    rule: 'duplicate-object',
    message: `a second OpenClawPack ${quoted(String(second.value['pack']))}, which differs from the one at ${placeText(first.locate(['pack']))}; expected it once`,
    hint: 'delete both and run "openclaw-gitops lock" on the directory that is rendered',
    location: second.locate(['pack']),
  };
}

function ignoredDefaults(object: SourceObject, name: string): Diagnostic {
  const location = object.locate(['metadata', 'name']);
  if (name === CLUSTER_DEFAULTS_NAME) {
    return {
      severity: 'error',
      rule: 'duplicate-object',
      message: 'OpenClawClusterDefaults "cluster" is in the input twice; expected it once',
      location,
    };
  }
  return {
    severity: 'warning',
    rule: 'cluster-defaults-name',
    message: `OpenClawClusterDefaults ${quoted(name)} is ignored; only the one named "cluster" applies`,
    hint: 'rename it to "cluster" or delete it',
    location,
  };
}
