/**
 * What those say who run the renderer without a command line of their own, defined once: the parameters of the Argo CD plugin
 * (`plugin.yaml` announces them) and of the KRM function (as `data` of a ConfigMap, and in `spec` of an OpenClawRender).
 */
import { quoted } from '../diagnostics/quoted.ts';
import { isRegistry } from '../kube/image-reference.ts';
import { parseCidr } from '../lib/cidr.ts';
import { nearest } from '../lib/nearest.ts';
import type { RenderOptions } from '../render.ts';
import { versionOfTag } from '../resolve/openclaw-version.ts';

export type Face = 'argocd' | 'krm';

export interface Parameter {
  readonly name: string;
  /** The field of an OpenClawRender; absent when the KRM function does not know it. */
  readonly field?: string;
  /** The user's name for it in `plugin.env`; Argo CD puts ARGOCD_ENV_ in front. Lists are separated by commas there. Absent when the plugin does not know it. */
  readonly env?: string;
  readonly title: string;
  readonly tooltip: string;
  readonly collectionType: 'string' | 'array';
  readonly choices?: readonly string[];
}

const BOOLEAN = ['true', 'false'] as const;

export const PARAMETERS = [
  {
    name: 'files',
    env: 'FILES',
    title: 'Files',
    tooltip: 'Files or directories to render, relative to the application path; all of it when empty',
    collectionType: 'array',
  },
  {
    name: 'mode',
    field: 'mode',
    title: 'Mode',
    tooltip: 'Whether manifests are rendered (render, the default) or the input is only checked (validate)',
    collectionType: 'string',
    choices: ['render', 'validate'],
  },
  {
    name: 'instances',
    field: 'instances',
    title: 'Instances',
    tooltip: 'Whether instances and what goes with them stay, marked as not to be applied (keep, the default), or go (remove)',
    collectionType: 'string',
    choices: ['keep', 'remove'],
  },
  {
    name: 'namespace',
    field: 'namespace',
    title: 'Namespace',
    tooltip: 'Namespace of instances that name none',
    collectionType: 'string',
  },
  {
    name: 'strict',
    field: 'strict',
    env: 'STRICT',
    title: 'Strict',
    tooltip: 'Whether warnings refuse the input',
    collectionType: 'string',
    choices: BOOLEAN,
  },
  {
    name: 'registry',
    field: 'registry',
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
    field: 'openclawVersion',
    env: 'OPENCLAW_VERSION',
    title: 'OpenClaw version',
    tooltip: 'OpenClaw version of images whose tag does not say it',
    collectionType: 'string',
  },
  {
    name: 'missing-crds',
    field: 'missingCrds',
    env: 'MISSING_CRDS',
    title: 'Missing CRDs',
    tooltip: 'Whether objects of kinds that the cluster does not know are left out with a warning (omit, the default) or kept',
    collectionType: 'string',
    choices: ['omit', 'keep'],
  },
  {
    name: 'api-versions',
    field: 'apiVersions',
    title: 'API versions',
    tooltip: "The cluster's APIs, such as monitoring.coreos.com/v1; nothing is known of the cluster without them",
    collectionType: 'array',
  },
  {
    name: 'api-server-cidrs',
    field: 'apiServerCidrs',
    env: 'API_SERVER_CIDRS',
    title: 'API server ranges',
    tooltip: 'Address ranges of the API server, which agents with selfConfigure reach on port 443',
    collectionType: 'array',
  },
  {
    name: 'allow-empty',
    field: 'allowEmpty',
    env: 'ALLOW_EMPTY',
    title: 'Allow empty',
    tooltip: 'Whether an application without any instance is accepted',
    collectionType: 'string',
    choices: BOOLEAN,
  },
] as const satisfies readonly Parameter[];

export type ParameterName = (typeof PARAMETERS)[number]['name'];
/** What was said, by name: a list, of one entry where the parameter is no list. What is empty was not said. */
export type ParameterValues = ReadonlyMap<ParameterName, readonly string[]>;

/** The parameters that `face` knows. */
export function parametersOf(face: Face): readonly (Parameter & { readonly name: ParameterName })[] {
  const all: readonly (Parameter & { readonly name: ParameterName })[] = PARAMETERS;
  return all.filter(({ env, field }) => (face === 'argocd' ? env : field) !== undefined);
}

interface Form {
  readonly has: (value: string) => boolean;
  readonly expected: string;
}

/** The forms of values that end in manifests, where nothing else would refuse them. */
const FORMS: ReadonlyMap<string, Form> = new Map([
  ['registry', { has: isRegistry, expected: 'a host name and perhaps a port and a path, such as "registry.example.com:5000/mirror"' }],
  ['openclaw-version', { has: (value) => versionOfTag(value) !== null, expected: 'a version such as "2026.9.6"' }],
  ['api-server-cidrs', { has: (value) => parseCidr(value) !== null, expected: 'ranges such as "10.0.0.1/32"' }],
]);

/** What is wrong with the form of a value of a parameter or flag, in one sentence; what is empty was not said. */
export function formProblem(subject: string, name: string, values: readonly string[]): string | null {
  const form = FORMS.get(name);
  const wrong = values.find((value) => value !== '' && form?.has(value) === false);
  // A user and a password may stand in front of a host.
  return wrong === undefined ? null : `${subject} is ${quoted(wrong.replace(/[^/@]*@/g, '…@'))}; expected ${form?.expected}`;
}

/** What is wrong with a parameter, in one sentence; `subject` is what it is called there. */
export function parameterProblem(face: Face, subject: string, name: string, values: readonly string[]): string | null {
  const known = parametersOf(face);
  const parameter = known.find((candidate) => candidate.name === name);
  if (parameter === undefined) {
    const names = known.map((candidate) => candidate.name);
    const close = nearest(name, names);
    return `${subject} "${name}" is not known; ${close === null ? `expected one of ${names.join(', ')}` : `did you mean "${close}"?`}`;
  }
  const form = formProblem(`${subject} "${name}"`, name, values);
  if (form !== null) return form;
  if (parameter.collectionType === 'string' && values.length > 1) return `${subject} "${name}" is a list; expected one string`;
  const { choices = [] } = parameter;
  const wrong = choices.length === 0 ? undefined : values.find((value) => value !== '' && !choices.includes(value));
  return wrong === undefined ? null : `${subject} "${name}" is "${wrong}"; expected ${choices.map((choice) => `"${choice}"`).join(' or ')}`;
}

/** What the parameters mean for the renderer; `apiVersions` are those that the cluster is known to have. */
export function parameterOptions(values: ParameterValues, apiVersions: readonly string[] | undefined): RenderOptions {
  const one = (name: ParameterName): string | undefined => values.get(name)?.[0];
  return {
    registry: one('registry'),
    openclawVersion: one('openclaw-version'),
    apiServerCidrs: values.get('api-server-cidrs'),
    apiVersions: one('missing-crds') === 'keep' ? undefined : apiVersions,
    strict: one('strict') === 'true',
    allowEmpty: one('allow-empty') === 'true',
  };
}
