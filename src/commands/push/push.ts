/** `openclaw-gitops push`: renders, and brings the manifests into a registry, from where Flux or Argo CD fetch them. */
import { resolve } from 'node:path';
import type { Published } from '../../adapters/oci-registry/publish.ts';
import { isPublicAddress } from '../../lib/public-address.ts';
import { directoryFiles, KUSTOMIZATION_FILE } from '../../output/directory.ts';
import { watchedForBrokenText } from '../../output/kustomize-text.ts';
import { parseFlags, UsageError, type Command, type Flag, type ParsedFlags } from '../command.ts';
import { clusterDefaultsArgument, INPUT_FLAGS, renderOptions } from '../input-flags.ts';
import { progress } from '../progress.ts';
import { renderInputs, report } from '../render-input.ts';
import type { Streams } from '../streams.ts';
import { checkedTag, targetOf, type Target } from './target.ts';

const FLAGS: readonly Flag[] = [
  { name: 'tag', value: 'NAME', repeats: true, help: 'another tag to set once the first has the manifests, such as latest' },
  { name: 'source', value: 'URL', help: 'where the input comes from; by default the remote "origin" of the checkout' },
  {
    name: 'revision',
    value: 'NAME@sha1:COMMIT',
    help: 'which state of it; by default the branch and commit of a checkout without changes',
  },
  {
    name: 'media-types',
    value: 'TYPES',
    choices: ['oci', 'flux'],
    help: "those that Flux and Argo CD take, or Flux's own",
  },
  { name: 'output', short: 'o', value: 'FORMAT', choices: ['text', 'json'], help: 'form of what it did' },
  ...INPUT_FLAGS,
];
const REVISION = /^(?:[^\s@]+@)?(?:sha1:[0-9a-f]{40}|sha256:[0-9a-f]{64})$/;

export const pushCommand: Command = {
  name: 'push',
  summary: 'Render, and push the manifests to a registry as one OCI artifact for Flux or Argo CD.',
  usage: 'oci://HOST/REPOSITORY:TAG FILE|DIR|- … [FLAGS]',
  flags: FLAGS,
  examples: [
    'openclaw-gitops push oci://localhost:5000/fleet/agents:v1 golden/guide-first-agent/input',
    'openclaw-gitops push oci://localhost:5000/fleet/agents:v1 bots/ --tag latest --output json',
    'openclaw-gitops push oci://localhost:5000/fleet/agents:v1 bots/ --revision main@sha1:0123456789abcdef0123456789abcdef01234567',
  ],
  async run(args, streams) {
    const flags = parseFlags(FLAGS, args);
    const [address, ...inputs] = flags.positionals;
    const target = targetOf(address);
    if (inputs.length === 0) throw new UsageError('no input; name files, directories, or - for standard input');
    const furtherTags = [...new Set(flags.texts('tag').map(checkedTag))].filter((tag) => tag !== target.tag);
    const origin = givenOrigin(flags);
    const created = createdAt(streams.env);

    const request = { inputs, besides: clusterDefaultsArgument(flags), kustomize: flags.text('kustomize'), options: renderOptions(flags) };
    const { diagnostics, refused, groups } = await renderInputs(request, streams);
    const format = flags.text('format') === 'json' ? 'json' : 'text';
    if (format === 'text' || diagnostics.length > 0) report(diagnostics, { format }, streams);
    if (refused) return 1;
    const broken: string[] = [];
    const files = [...directoryFiles(watchedForBrokenText(groups, (message) => broken.push(message)))];
    if (broken.length > 0) {
      streams.err(broken.map((message) => `error: ${message}; Flux and Argo CD build the artifact with it\n`).join(''));
      return 1;
    }
    if (files.every(({ path }) => path === KUSTOMIZATION_FILE)) {
      streams.err('error: nothing is rendered; an artifact without manifests is not pushed\n');
      return 1;
    }

    // Loaded only here: no other command needs a compressor, git and the network for this.
    const { pushFiles } = await import('./push-files.ts');
    const { published, remark, problem } = await pushFiles({
      files,
      target,
      furtherTags,
      mediaTypes: flags.text('media-types') === 'flux' ? 'flux' : 'oci',
      created,
      ...origin,
      inputs: inputs.includes('-') ? null : inputs.map((input) => resolve(streams.cwd, input)),
      cwd: streams.cwd,
      env: streams.env,
      onWait: progress(streams, 0).waiting,
    });
    if (remark !== null) streams.err(`warning: no revision is recorded: ${remark}; --revision says it\n`);
    if (published === null) {
      streams.err(`error: the manifests cannot be pushed: ${problem}\n`);
      return 1;
    }
    streams.out(flags.text('output') === 'json' ? reportJson(target, published) : reportText(target, published));
    return 0;
  },
};

function givenOrigin(flags: ParsedFlags): { readonly source: string | undefined; readonly revision: string | undefined } {
  const [source, revision] = [flags.text('source'), flags.text('revision')];
  // Not repeated: what makes it wrong may be a password.
  if (source !== undefined && !isPublicAddress(source))
    throw new UsageError(
      '--source is no address that everyone may see; expected one such as https://git.example.com/fleet.git, without credentials',
    );
  if (revision !== undefined && !REVISION.test(revision))
    throw new UsageError(
      `--revision "${revision}" is not in the form that Flux reads; expected such as main@sha1: and the 40 digits of a commit`,
    );
  return { source, revision };
}

/** Never the clock: the same input is to give the same digest. */
function createdAt(env: Streams['env']): string {
  const seconds = env['SOURCE_DATE_EPOCH'] || '0';
  if (!/^\d{1,11}$/.test(seconds)) throw new UsageError(`SOURCE_DATE_EPOCH "${seconds}" is no number of seconds`);
  return new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z');
}

function reportJson({ registry, repository, tag }: Target, { digest, pushed, movedTags }: Published): string {
  const name = `${registry}/${repository}`;
  return `${JSON.stringify({ url: `oci://${name}@${digest}`, repository: name, tag, digest, pushed, movedTags }, null, 2)}\n`;
}

function reportText({ registry, repository, tag }: Target, { digest, pushed, movedTags }: Published): string {
  const name = `${registry}/${repository}`;
  const first = pushed ? `pushed ${name}:${tag}@${digest}` : `unchanged: ${name}:${tag}@${digest} has these manifests already`;
  return `${first}\n${movedTags.map((moved) => `moved ${name}:${moved}@${digest}\n`).join('')}`;
}
