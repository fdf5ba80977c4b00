/**
 * Classify: which object of the input is what. Instances are expanded, cluster defaults apply to them, everything else passes
 * through unchanged and may serve instances as a companion.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { quoted } from '../diagnostics/quoted.ts';
import { isJsonObject } from '../lib/json.ts';
import type { SourceObject } from './source.ts';

export const API_GROUP = 'openclaw.rocks';
const API_VERSIONS: ReadonlySet<string> = new Set(['v1alpha1', 'v1']);
/** The one OpenClawClusterDefaults that counts. */
export const CLUSTER_DEFAULTS_NAME = 'cluster';

export interface Classified {
  readonly instances: readonly SourceObject[];
  /** The object named `cluster`, when the input has it. */
  readonly clusterDefaults: SourceObject | null;
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

export function classify(objects: readonly SourceObject[]): Classified {
  const instances: SourceObject[] = [];
  const passThrough: SourceObject[] = [];
  const diagnostics: Diagnostic[] = [];
  let clusterDefaults: SourceObject | null = null;
  for (const object of objects) {
    const { apiVersion, kind } = object.value;
    const [group, version = ''] = String(apiVersion).split('/');
    if (group !== API_GROUP) {
      passThrough.push(object);
    } else if (!API_VERSIONS.has(version)) {
      diagnostics.push({
        severity: 'error',
        rule: 'unknown-api-version',
        message: `apiVersion ${quoted(String(apiVersion))} is not known; expected openclaw.rocks/v1alpha1 or openclaw.rocks/v1`,
        location: object.locate(['apiVersion']),
      });
    } else if (kind === 'OpenClawInstance') {
      instances.push(object);
    } else if (kind === 'OpenClawClusterDefaults') {
      const name = nameOf(object);
      if (name === CLUSTER_DEFAULTS_NAME && clusterDefaults === null) clusterDefaults = object;
      else diagnostics.push(ignoredDefaults(object, name));
    } else if (kind === 'OpenClawSelfConfig') {
      passThrough.push(object);
    } else {
      diagnostics.push({
        severity: 'error',
        rule: 'unknown-kind',
        message: `kind ${quoted(String(kind))} is not part of openclaw.rocks; expected OpenClawInstance or OpenClawClusterDefaults`,
        location: object.locate(['kind']),
      });
    }
  }
  return { instances, clusterDefaults, passThrough, diagnostics };
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
