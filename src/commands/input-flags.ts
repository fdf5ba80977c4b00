/** Flags that every command with OpenClawInstance input shares, and what they mean for the renderer. */
import type { RenderOptions } from '../render.ts';
import { UsageError, type Flag, type ParsedFlags } from './command.ts';
import { formProblem } from './parameters.ts';

export const INPUT_FLAGS: readonly Flag[] = [
  { name: 'namespace', short: 'n', value: 'NAME', help: 'namespace of instances that name none' },
  { name: 'registry', value: 'HOST[/PATH]', help: 'registry for all images of instances that name none' },
  { name: 'openclaw-version', value: 'VERSION', help: 'OpenClaw version of images whose tag does not say it' },
  { name: 'cluster-defaults', value: 'FILE', help: 'file with the OpenClawClusterDefaults named "cluster"' },
  { name: 'kustomize', value: 'PATH', help: 'kustomize binary for directories with a kustomization.yaml' },
  {
    name: 'api-versions',
    value: 'LIST',
    help: "the cluster's APIs as Argo CD lists them in KUBE_API_VERSIONS; kinds that are not among them are left out",
  },
  {
    name: 'api-server-cidrs',
    value: 'LIST',
    help: 'ranges of the API server, which agents with selfConfigure reach on port 443',
  },
  { name: 'strict', help: 'make warnings errors' },
  { name: 'allow-empty', help: 'accept input without any instance' },
  { name: 'format', value: 'FORMAT', choices: ['text', 'json'], help: 'form of errors and warnings on standard error' },
];

/** INPUT_FLAGS for commands whose standard error can be a document for others. */
export const REPORT_FLAGS: readonly Flag[] = INPUT_FLAGS.map((flag) =>
  flag.name === 'format' ? { ...flag, choices: ['text', 'json', 'github', 'sarif'] } : flag,
);

/** The entries of a list with commas between them; undefined for an empty one, which says nothing. */
export function listed(list: string | undefined): readonly string[] | undefined {
  const entries = (list ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return entries.length === 0 ? undefined : entries;
}

/** The values as they are, once their form is right. */
function formed<Values extends readonly string[] | undefined>(name: string, values: Values): Values {
  const problem = formProblem(`--${name}`, name, values ?? []);
  if (problem !== null) throw new UsageError(problem);
  return values;
}

export function renderOptions(flags: ParsedFlags): RenderOptions {
  return {
    namespace: flags.text('namespace'),
    registry: one(flags, 'registry'),
    openclawVersion: one(flags, 'openclaw-version'),
    apiVersions: listed(flags.text('api-versions')),
    apiServerCidrs: formed('api-server-cidrs', listed(flags.text('api-server-cidrs'))),
    strict: flags.isSet('strict'),
    allowEmpty: flags.isSet('allow-empty'),
  };
}

function one(flags: ParsedFlags, name: string): string | undefined {
  const value = flags.text(name);
  return value === undefined ? undefined : formed(name, [value])[0];
}

/** The inputs that the command line names, at least one, and what is read besides. */
export function inputArguments(flags: ParsedFlags): { readonly inputs: readonly string[]; readonly besides: readonly string[] } {
  if (flags.positionals.length === 0) throw new UsageError('no input; name files, directories, or - for standard input');
  return { inputs: flags.positionals, besides: clusterDefaultsArgument(flags) };
}

/** The file with the cluster's defaults, when the command line names one. */
export function clusterDefaultsArgument(flags: ParsedFlags): string[] {
  const defaults = flags.text('cluster-defaults');
  return defaults === undefined ? [] : [defaults];
}
