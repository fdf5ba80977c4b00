import { resolve } from 'node:path';
import { comesBy } from '../adapters/files.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { JsonObject } from '../lib/json.ts';
import { toJsonLine } from '../output/json-lines.ts';
import { toYaml } from '../output/yaml.ts';
import { parseFlags, UsageError, type Command, type ParsedFlags } from './command.ts';
import { inputArguments, renderOptions, REPORT_FLAGS } from './input-flags.ts';
import { renderInputs, reportInForm } from './render-input.ts';
import type { Streams } from './streams.ts';

const FLAGS = [
  { name: 'output', short: 'o', value: 'FORMAT', choices: ['yaml', 'jsonl', 'json'], help: 'form of the manifests' },
  { name: 'out', value: 'DIR', help: 'write a file for each instance and a kustomization.yaml into a directory of their own' },
  { name: 'check', help: 'with --out: write nothing; exit code 1 and the difference when DIR is not what the input renders' },
  ...REPORT_FLAGS,
] as const;

/** Collects text into pieces of about this many characters, so that neither memory nor the number of writes grows. */
const CHUNK_LENGTH = 1 << 18;

/** Writes `objects` one by one in the given form. */
export function writeObjects(objects: Iterable<JsonObject>, format: string, write: (text: string) => void): void {
  let pending = format === 'json' ? '{"apiVersion":"v1","items":[' : '';
  let first = true;
  for (const object of objects) {
    if (format === 'yaml') pending += first ? toYaml(object) : `---\n${toYaml(object)}`;
    else if (format === 'json') pending += `${first ? '\n' : ',\n'}${toJsonLine(object).trimEnd()}`;
    else pending += toJsonLine(object);
    first = false;
    if (pending.length > CHUNK_LENGTH) {
      write(pending);
      pending = '';
    }
  }
  write(format === 'json' ? `${pending}\n],"kind":"List"}\n` : pending);
}

export const renderCommand: Command = {
  name: 'render',
  summary: 'Print the manifests of OpenClawInstance files.',
  usage: 'FILE|DIR|- … [FLAGS]',
  flags: FLAGS,
  examples: [
    'openclaw-gitops render golden/guide-first-agent/input',
    'openclaw-gitops render bots/ --output jsonl',
    'cat bot.yaml | openclaw-gitops render - --namespace agents',
    'openclaw-gitops render bots/ | kubectl apply --server-side -f -',
    'openclaw-gitops render bots/ --out rendered/',
    'openclaw-gitops render bots/ --out rendered/ --check',
  ],
  async run(args, streams) {
    const flags = parseFlags(FLAGS, args);
    const { inputs, besides } = inputArguments(flags);
    const out = outArgument(flags, inputs, streams.cwd);
    const request = { inputs, besides, kustomize: flags.text('kustomize'), options: renderOptions(flags) };
    const { diagnostics, refused, objects, groups } = await renderInputs(request, streams);
    const form = flags.text('format') ?? 'text';
    if (refused || out === undefined) {
      await say(diagnostics, form, streams);
      if (!refused) writeObjects(objects, flags.text('output') ?? 'yaml', streams.out);
      return refused ? 1 : 0;
    }

    const { renderOut } = await import('./render-out/render-out.ts');
    const { problems, text } = renderOut(groups, {
      path: resolve(streams.cwd, out),
      shownPath: out,
      isCheck: flags.isSet('check'),
      command: commandLine(args.filter((argument) => argument !== '--check')),
    });
    await say([...diagnostics, ...problems], form, streams);
    if (form === 'text') streams.err(text);
    return problems.length > 0 ? 1 : 0;
  },
};

/** An empty list of JSON is not said beside manifests; SARIF is, and so closes what was found before. */
async function say(diagnostics: readonly Diagnostic[], form: string, streams: Streams): Promise<void> {
  if (form !== 'json' || diagnostics.length > 0) await reportInForm(diagnostics, form, streams);
}

/** The directory to write; undefined for standard output. */
function outArgument(flags: ParsedFlags, inputs: readonly string[], cwd: string): string | undefined {
  const out = flags.text('out');
  if (out === undefined) {
    if (flags.isSet('check')) throw new UsageError('--check compares with a directory; name it with --out');
    return undefined;
  }
  if (out === '') throw new UsageError('--out has no directory');
  if (flags.text('output') !== undefined) throw new UsageError('--output is for standard output; --out always writes YAML');
  const input = inputs.find((argument) => comesBy(argument, out, cwd));
  if (input !== undefined)
    throw new UsageError(`--out "${out}" lies in the input "${input}", which would be read again; expected a directory beside it`);
  return out;
}

/** What to type for the same again. */
function commandLine(args: readonly string[]): string {
  const words = args.map((argument) => (/^[-\w./:=,@%+]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`));
  return ['openclaw-gitops', 'render', ...words].join(' ');
}
