import { toJsonLine } from '../output/json-lines.ts';
import { toYaml } from '../output/yaml.ts';
import type { JsonObject } from '../lib/json.ts';
import { parseFlags, type Command } from './command.ts';
import { INPUT_FLAGS, inputArguments, renderOptions } from './input-flags.ts';
import { renderInputs, report } from './render-input.ts';

const FLAGS = [
  { name: 'output', short: 'o', value: 'FORMAT', choices: ['yaml', 'jsonl', 'json'], help: 'form of the manifests' },
  ...INPUT_FLAGS,
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
  ],
  async run(args, streams) {
    const flags = parseFlags(FLAGS, args);
    const request = { ...inputArguments(flags), kustomize: flags.text('kustomize'), options: renderOptions(flags) };
    const { diagnostics, refused, objects } = await renderInputs(request, streams);
    const format = flags.text('format') === 'json' ? 'json' : 'text';
    if (format === 'text' || diagnostics.length > 0) report(diagnostics, { format }, streams);
    if (refused) return 1;
    writeObjects(objects, flags.text('output') ?? 'yaml', streams.out);
    return 0;
  },
};
