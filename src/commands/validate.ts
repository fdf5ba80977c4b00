import { parseFlags, type Command } from './command.ts';
import { INPUT_FLAGS, inputArguments, renderOptions } from './input-flags.ts';
import { renderInputs, report } from './render-input.ts';

export const validateCommand: Command = {
  name: 'validate',
  summary: 'Check OpenClawInstance files as render does, without printing manifests.',
  usage: 'FILE|DIR|- … [FLAGS]',
  flags: INPUT_FLAGS,
  examples: ['openclaw-gitops validate golden/guide-first-agent/input', 'openclaw-gitops validate bots/ --strict --format json'],
  async run(args, streams) {
    const flags = parseFlags(INPUT_FLAGS, args);
    const request = { ...inputArguments(flags), kustomize: flags.text('kustomize'), options: renderOptions(flags) };
    const { diagnostics, refused, objects } = await renderInputs(request, streams);
    report(diagnostics, { format: flags.text('format') === 'json' ? 'json' : 'text' }, streams);
    if (refused) return 1;
    // Building everything proves that what passed the rules can be rendered.
    for (const object of objects) void object;
    return 0;
  },
};
