/** `openclaw-gitops adopt`: takes an instance that the operator runs over into Git, and back. */
import { ENGINES, type Adoption, type Engine } from '../../adopt/observed.ts';
import type { ManifestGroup } from '../../output/directory.ts';
import type { KubeObject } from '../../kube/types.ts';
import { parseFlags, UsageError, type Command, type Flag, type ParsedFlags } from '../command.ts';
import { clusterDefaultsArgument, INPUT_FLAGS, renderOptions } from '../input-flags.ts';
import { renderInputs, report } from '../render-input.ts';
import type { Candidate } from './adopt-instances.ts';

const FLAGS: readonly Flag[] = [
  { name: 'all', help: 'every instance of the input, instead of one' },
  { name: 'engine', value: 'NAME', choices: ['argocd', 'flux', 'kubectl'], help: 'who applies the manifests from now on' },
  { name: 'apply', help: 'do it; by default the steps are only printed' },
  { name: 'check', help: 'print what is left to do, and exit with 1 when there is something' },
  { name: 'undo', help: "the way back to the operator's layout; with --apply it is gone" },
  { name: 'delete-instance', help: 'at last delete the OpenClawInstance in the cluster, and nothing with it' },
  { name: 'prune', help: 'delete objects that the operator made and that are not rendered; never volumes or Secrets' },
  { name: 'operator-stopped', help: 'no operator acts on these instances, whatever is seen of one' },
  { name: 'operator-manager', value: 'NAME', help: 'field manager of the operator, by default "manager"' },
  { name: 'kubeconfig', value: 'FILE', help: 'kubeconfig to use; by default as kubectl finds it' },
  { name: 'context', value: 'NAME', help: 'context of the kubeconfig, by default the current one' },
  ...INPUT_FLAGS,
];

export const adoptCommand: Command = {
  name: 'adopt',
  summary: 'Take an instance that the OpenClaw operator runs over into Git, without losing data.',
  details: `Prints the steps, and does them with --apply: owns the data of generated Secrets, takes the owner off all objects, hands the operator's
fields over to the engine and applies what is rendered. It can be stopped and run again at any time. The operator must not run.`,
  usage: 'NAMESPACE/NAME|--all FILE|DIR|- … --engine NAME [FLAGS]',
  flags: FLAGS,
  examples: [
    'openclaw-gitops adopt openclaw/my-agent bots/ --engine argocd',
    'openclaw-gitops adopt openclaw/my-agent bots/ --engine argocd --apply',
    'openclaw-gitops adopt --all bots/ --engine flux --check --delete-instance',
    'openclaw-gitops adopt openclaw/my-agent bots/ --engine argocd --undo --apply',
  ],
  async run(args, streams) {
    const flags = parseFlags(FLAGS, args);
    const adoption = adoptionFlags(flags);
    const [target, inputs] = flags.isSet('all') ? [null, flags.positionals] : [targetOf(flags.positionals[0]), flags.positionals.slice(1)];
    if (inputs.length === 0) throw new UsageError('no input; name files, directories, or - for standard input');
    const mode = flags.isSet('apply') ? 'apply' : flags.isSet('check') ? 'check' : 'plan';
    if (flags.isSet('apply') && flags.isSet('check')) throw new UsageError('--check changes nothing; leave out --apply');
    const undoes = flags.isSet('undo');
    if (undoes && flags.isSet('delete-instance')) throw new UsageError('--undo keeps the instance; leave out --delete-instance');
    if (undoes && mode === 'check') throw new UsageError('--undo has nothing to check; leave out --check');

    const request = { inputs, besides: clusterDefaultsArgument(flags), kustomize: flags.text('kustomize'), options: renderOptions(flags) };
    const { diagnostics, refused, groups } = await renderInputs(request, streams);
    const format = flags.text('format') === 'json' ? 'json' : 'text';
    if (format === 'text' || diagnostics.length > 0) report(diagnostics, { format }, streams);
    if (refused) return 1;
    const candidates = candidatesOf(groups, target, adoption);
    if (candidates.length === 0) {
      const what = target === null ? 'no instance' : `no instance "${target.namespace}/${target.name}"`;
      streams.err(`error: the input has ${what}\n`);
      return 1;
    }

    // Loaded only here: no other command speaks to a cluster.
    const { adoptInstances } = await import('./adopt-instances.ts');
    const cluster = { kubeconfig: flags.text('kubeconfig'), context: flags.text('context'), env: streams.env };
    const outcome = await adoptInstances({ cluster, candidates, mode, undoes, say: streams.out });
    if (outcome.problem !== null) streams.err(`error: ${outcome.problem}\n`);
    return outcome.isGood ? 0 : 1;
  },
};

function adoptionFlags(flags: ParsedFlags): Omit<Adoption, 'namespace' | 'name'> {
  const engine = flags.text('engine');
  if (engine === undefined) throw new UsageError('--engine is missing; expected argocd, flux or kubectl');
  const operatorManager = flags.text('operator-manager') ?? 'manager';
  if (operatorManager === '')
    throw new UsageError('--operator-manager is empty; expected the name under which the operator owns its fields');
  if (Object.values<string>(ENGINES).includes(operatorManager))
    throw new UsageError(
      `--operator-manager "${operatorManager}" is an engine; expected the name under which the operator owns its fields`,
    );
  return {
    engine: engine as Engine,
    operatorManager,
    operatorIsStopped: flags.isSet('operator-stopped'),
    deletesInstance: flags.isSet('delete-instance'),
    prunes: flags.isSet('prune'),
  };
}

function targetOf(text: string | undefined): { readonly namespace: string; readonly name: string } {
  const [namespace = '', name = '', ...rest] = (text ?? '').split('/');
  if (namespace === '' || name === '' || rest.length > 0)
    throw new UsageError(
      `${text === undefined ? 'no instance' : `"${text}" is no instance`}; expected NAMESPACE/NAME, or --all for every one of the input`,
    );
  return { namespace, name };
}

function candidatesOf(
  groups: Iterable<ManifestGroup>,
  target: { readonly namespace: string; readonly name: string } | null,
  adoption: Omit<Adoption, 'namespace' | 'name'>,
): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const { instance, objects } of groups) {
    if (instance === null || (target !== null && (instance.namespace !== target.namespace || instance.name !== target.name))) continue;
    candidates.push({ adoption: { ...adoption, ...instance }, manifests: [...objects] as unknown as readonly KubeObject[] });
  }
  return candidates;
}
