/** `openclaw-gitops krm`: the renderer as a KRM function of kustomize and kpt. */
import { formatDiagnostics } from '../../diagnostics/format.ts';
import { LIMITS } from '../../parse/limits.ts';
import { readResourceList } from '../../parse/resource-list.ts';
import { renderParts } from '../../render.ts';
import { parseFlags, type Command } from '../command.ts';
import { parametersOf } from '../parameters.ts';

/** The results say all of it; this is what kustomize shows, which throws results away. */
const MAX_ERROR_BYTES = 8192;

const PARAMETER_LINES = parametersOf('krm').map(
  ({ name, field, tooltip }) => `  ${name === field ? name : `${name} (${field})`}: ${tooltip}\n`,
);

export const krmCommand: Command = {
  name: 'krm',
  summary: 'Render as a KRM function of kustomize or kpt: a ResourceList on standard input, another on standard output.',
  details: `Instances among the items are rendered, and stay as local configuration that nobody applies. What an earlier run rendered is
replaced; all other items pass through as they came. The functionConfig is a ConfigMap with parameters in its data, an
OpenClawRender with the same in its spec, or, for a generator of kustomize, the OpenClawInstance itself.

Parameters, in brackets as the field of an OpenClawRender:
${PARAMETER_LINES.join('').trimEnd()}`,
  usage: '< RESOURCE_LIST',
  flags: [],
  examples: [
    'kustomize build --enable-alpha-plugins --enable-exec overlays/production',
    'kpt fn eval agents/ --exec "openclaw-gitops krm" -- namespace=openclaw',
    'kpt fn render agents/ --allow-exec',
  ],
  async run(args, streams) {
    parseFlags([], args);
    const { answer } = await import('./answer.ts');
    const { text, diagnostics, refused } = answer(await streams.readStdin(LIMITS.inputBytes), { readResourceList, renderParts });
    if (diagnostics.length > 0) streams.err(formatDiagnostics(diagnostics, { colour: streams.colour, maxBytes: MAX_ERROR_BYTES }));
    for (const piece of text) streams.out(piece);
    return refused ? 1 : 0;
  },
};
