import { toJsonLine } from '../../src/index.ts';
import { binary } from '../tools/binary.ts';
import type { Cluster } from './cluster.ts';
import { linesOfProgram } from './go-program.ts';
import type { Manifest } from './manifest.ts';

/** What Flux did for one Kustomization: a line of e2e/tools/flux/apply. */
export interface FluxRun {
  /** `created`, `configured` or `unchanged`, by `Kind/namespace/name`. */
  readonly actions: Readonly<Record<string, string>>;
  readonly error?: string;
}

/** Applies each Kustomization's objects by the code of kustomize-controller; `overridden` are managers whose fields it is told to take over. */
export async function fluxApply(
  { client }: Cluster,
  kustomizations: readonly (readonly Manifest[])[],
  overridden: readonly string[] = [],
): Promise<readonly FluxRun[]> {
  const program = await binary('flux-apply');
  const lines = kustomizations.map((manifests) =>
    toJsonLine(JSON.parse(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests.map(({ object }) => object) }))),
  );
  const answers = await linesOfProgram(program, client.connection, (kubeconfig) => [kubeconfig, ...overridden], lines);
  const runs: FluxRun[] = [];
  for (const answer of answers as readonly (Partial<FluxRun> & { readonly line: number })[]) {
    const { actions = {}, error, line } = answer;
    runs[line] = { actions, ...(error !== undefined && { error }) };
  }
  if (answers.length !== kustomizations.length) throw new Error(`Flux answers ${answers.length} of ${kustomizations.length}`);
  return runs;
}
