/**
 * The parameters of the Argo CD plugin, defined once: `plugin.yaml` announces them, and the same list reads
 * `ARGOCD_APP_PARAMETERS` (wins) and `ARGOCD_ENV_*`.
 */
import { isJsonObject, type Json } from '../../lib/json.ts';
import { parseCidr } from '../../lib/cidr.ts';
import { nearest } from '../../lib/nearest.ts';

export interface PluginParameter {
  readonly name: string;
  /** The user's name for it in `plugin.env`; Argo CD puts ARGOCD_ENV_ in front. Lists are separated by commas there. */
  readonly env: string;
  readonly title: string;
  readonly tooltip: string;
  readonly collectionType: 'string' | 'array';
  readonly choices?: readonly string[];
}

export const PLUGIN_PARAMETERS = [
  {
    name: 'files',
    env: 'FILES',
    title: 'Files',
    tooltip: 'Files or directories to render, relative to the application path; all of it when empty',
    collectionType: 'array',
  },
  {
    name: 'strict',
    env: 'STRICT',
    title: 'Strict',
    tooltip: 'Whether warnings refuse the input',
    collectionType: 'string',
    choices: ['true', 'false'],
  },
  {
    name: 'registry',
    env: 'REGISTRY',
    title: 'Registry',
    tooltip: 'Registry for all images of instances that name none',
    collectionType: 'string',
  },
  {
    name: 'cluster-defaults',
    env: 'CLUSTER_DEFAULTS',
    title: 'Cluster defaults',
    tooltip: 'File with the OpenClawClusterDefaults named "cluster", relative to the application path',
    collectionType: 'string',
  },
  {
    name: 'openclaw-version',
    env: 'OPENCLAW_VERSION',
    title: 'OpenClaw version',
    tooltip: 'OpenClaw version of images whose tag does not say it',
    collectionType: 'string',
  },
  {
    name: 'missing-crds',
    env: 'MISSING_CRDS',
    title: 'Missing CRDs',
    tooltip: 'Whether objects of kinds that the cluster does not know are left out with a warning (omit, the default) or kept',
    collectionType: 'string',
    choices: ['omit', 'keep'],
  },
  {
    name: 'api-server-cidrs',
    env: 'API_SERVER_CIDRS',
    title: 'API server ranges',
    tooltip: 'Address ranges of the API server, which agents with selfConfigure reach on port 443',
    collectionType: 'array',
  },
  {
    name: 'allow-empty',
    env: 'ALLOW_EMPTY',
    title: 'Allow empty',
    tooltip: 'Whether an application without any instance is accepted',
    collectionType: 'string',
    choices: ['true', 'false'],
  },
] as const satisfies readonly PluginParameter[];

export type ParameterName = (typeof PLUGIN_PARAMETERS)[number]['name'];

export interface ReadParameters {
  /** What was said, by name: a string, or a list for array parameters. */
  readonly values: ReadonlyMap<ParameterName, readonly string[]>;
  /** One sentence for each mistake. */
  readonly problems: readonly string[];
}

interface Given {
  readonly name: string;
  readonly values: readonly string[];
}

/** A parameter as Argo CD sends it: a name with `string`, `array` or `map`. */
function givenOf(entry: Json): Given | string {
  if (!isJsonObject(entry) || typeof entry['name'] !== 'string') return 'a plugin parameter has no name';
  const { name, string, array } = entry;
  if (typeof string === 'string') return { name, values: [string] };
  if (Array.isArray(array)) return { name, values: (array as readonly Json[]).map(String) };
  return { name, values: [] };
}

function applicationParameters(text: string | undefined): readonly (Given | string)[] {
  if (text === undefined || text === '') return [];
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    return ['ARGOCD_APP_PARAMETERS is not JSON'];
  }
  if (parsed === null) return [];
  return Array.isArray(parsed) ? (parsed as readonly Json[]).map(givenOf) : ['ARGOCD_APP_PARAMETERS is not a list'];
}

function problemOf({ name, values }: Given): string | null {
  const range = name === 'api-server-cidrs' ? values.find((value) => parseCidr(value) === null) : undefined;
  if (range !== undefined) return `plugin parameter "${name}" holds "${range}"; expected ranges such as "10.0.0.1/32"`;
  const known = PLUGIN_PARAMETERS.find((parameter) => parameter.name === name);
  const names = PLUGIN_PARAMETERS.map((parameter) => parameter.name);
  if (known === undefined) {
    const close = nearest(name, names);
    return `plugin parameter "${name}" is not known; ${close === null ? `expected one of ${names.join(', ')}` : `did you mean "${close}"?`}`;
  }
  if (known.collectionType === 'string' && values.length > 1) return `plugin parameter "${name}" is a list; expected one string`;
  const choices: readonly string[] = 'choices' in known ? known.choices : [];
  const wrong = choices.length === 0 ? undefined : values.find((value) => value !== '' && !choices.includes(value));
  return wrong === undefined
    ? null
    : `plugin parameter "${name}" is "${wrong}"; expected ${choices.map((choice) => `"${choice}"`).join(' or ')}`;
}

/** Reads what the Application says; empty strings count as unset. */
export function readParameters(env: Readonly<Record<string, string | undefined>>): ReadParameters {
  const values = new Map<ParameterName, readonly string[]>();
  const problems: string[] = [];
  const fromEnv: Given[] = PLUGIN_PARAMETERS.flatMap((parameter) => {
    const text = env[`ARGOCD_ENV_${parameter.env}`];
    if (text === undefined || text === '') return [];
    return [{ name: parameter.name, values: parameter.collectionType === 'array' ? text.split(',').map((part) => part.trim()) : [text] }];
  });
  for (const given of [...fromEnv, ...applicationParameters(env['ARGOCD_APP_PARAMETERS'])]) {
    const problem = typeof given === 'string' ? given : problemOf(given);
    if (problem !== null) {
      problems.push(problem);
      continue;
    }
    const { name, values: said } = given as Given;
    const kept = said.filter((value) => value !== '');
    if (kept.length > 0) values.set(name as ParameterName, kept);
  }
  return { values, problems };
}
