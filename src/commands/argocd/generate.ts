/**
 * What Argo CD's plugin sidecar runs in the application's directory: JSON lines on standard output, and at most 8 KB of text on
 * standard error, since Argo CD cannot store an Application whose error is too long and then shows nothing at all.
 */
import { isAbsolute, join, relative } from 'node:path';
import { parseFlags, type Command } from '../command.ts';
import { withHintsOf } from '../face-hints.ts';
import { listed } from '../input-flags.ts';
import { renderInputs, report } from '../render-input.ts';
import { writeObjects } from '../render.ts';
import { parameterOptions } from '../parameters.ts';
import { readParameters, type ReadParameters } from './parameters.ts';

const MAX_ERROR_BYTES = 8192;

/** A path that the Application names, kept inside the application's directory; null when it leaves it. */
function insideApplication(cwd: string, path: string): string | null {
  if (isAbsolute(path)) return null;
  const inside = relative(cwd, join(cwd, path));
  return inside === '..' || inside.startsWith('../') ? null : inside === '' ? '.' : inside;
}

/** The paths to render and to read besides, or what is wrong with them. */
function inputsOf({ values }: ReadParameters, cwd: string): { inputs: string[]; besides: string[]; problems: string[] } {
  const inputs: string[] = [];
  const besides: string[] = [];
  const problems: string[] = [];
  for (const name of ['files', 'cluster-defaults'] as const) {
    for (const path of values.get(name) ?? (name === 'files' ? ['.'] : [])) {
      const inside = insideApplication(cwd, path);
      if (inside === null) problems.push(`plugin parameter "${name}" names "${path}"; expected a path inside the application's directory`);
      else (name === 'files' ? inputs : besides).push(inside);
    }
  }
  return { inputs, besides, problems };
}

export const argocdGenerateCommand: Command = {
  name: 'argocd-generate',
  summary: 'Render the current directory as the Argo CD plugin: JSON lines, parameters from the environment.',
  usage: '',
  flags: [],
  examples: [],
  async run(args, streams) {
    parseFlags([], args);
    const parameters = readParameters(streams.env);
    const { inputs, besides, problems } = inputsOf(parameters, streams.cwd);
    const mistakes = [...parameters.problems, ...problems];
    if (mistakes.length > 0) {
      streams.err(
        mistakes
          .map((mistake) => `error: ${mistake}\n`)
          .join('')
          .slice(0, MAX_ERROR_BYTES - 1),
      );
      return 1;
    }
    // Empty for the Source Hydrator: then nothing is known of the cluster.
    const apiVersions = listed(streams.env['KUBE_API_VERSIONS']);
    const options = { ...parameterOptions(parameters.values, apiVersions), namespace: streams.env['ARGOCD_APP_NAMESPACE'] || undefined };
    const request = { inputs, besides, kustomize: undefined, within: streams.cwd, options };
    const { diagnostics, refused, objects } = await renderInputs(request, streams);
    report(withHintsOf('argocd', diagnostics), { format: 'text', maxBytes: MAX_ERROR_BYTES }, streams);
    if (refused) return 1;
    writeObjects(objects, 'jsonl', streams.out);
    return 0;
  },
};
