import { parseFlags, type Command } from './command.ts';
import { inputArguments, renderOptions, REPORT_FLAGS } from './input-flags.ts';
import { renderInputs, reportInForm } from './render-input.ts';

export const validateCommand: Command = {
  name: 'validate',
  summary: 'Check OpenClawInstance files as render does, without printing manifests.',
  usage: 'FILE|DIR|- … [FLAGS]',
  flags: REPORT_FLAGS,
  examples: [
    'openclaw-gitops validate golden/guide-first-agent/input',
    'openclaw-gitops validate bots/ --strict --format json',
    'openclaw-gitops validate bots/ --format github',
    'openclaw-gitops validate bots/ --format sarif 2> openclaw.sarif',
  ],
  async run(args, streams) {
    const flags = parseFlags(REPORT_FLAGS, args);
    const request = { ...inputArguments(flags), kustomize: flags.text('kustomize'), options: renderOptions(flags) };
    const { diagnostics, refused, objects } = await renderInputs(request, streams);
    await reportInForm(diagnostics, flags.text('format'), streams);
    if (refused) return 1;
    // Building everything proves that what passed the rules can be rendered.
    for (const object of objects) void object;
    return 0;
  },
};
