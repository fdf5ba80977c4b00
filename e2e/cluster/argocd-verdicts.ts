import { toJsonLine } from '../../src/index.ts';
import { binary } from '../tools/binary.ts';
import type { Cluster } from './cluster.ts';
import { linesOfProgram } from './go-program.ts';
import type { Manifest } from './manifest.ts';

/** Whose work applying and comparing is. */
export type ArgocdSide = 'client-side' | 'server-side';

/** What Argo CD's code says of an object in one of its ways to apply and to compare: a line of e2e/tools/argocd/judge. */
export interface ArgocdVerdict {
  readonly step: string;
  readonly object: string;
  readonly kind: string;
  readonly error?: string;
  /** OutOfSync, with both sides. */
  readonly modified: boolean;
  readonly live?: unknown;
  readonly predicted?: unknown;
  /** The same comparison finds a label that only Git has. */
  readonly seen: boolean;
  readonly health: string;
}

/** Every verdict on each of the objects, in no order; `apply` alone applies and compares in every way, one after the other. */
export async function argocdVerdicts(
  { client }: Cluster,
  command: 'apply' | `${'apply' | 'compare'}-${ArgocdSide}`,
  manifests: readonly Manifest[],
): Promise<readonly ArgocdVerdict[]> {
  const program = await binary('argocd-judge');
  const lines = manifests.map(({ object }) => toJsonLine(JSON.parse(JSON.stringify(object))));
  return (await linesOfProgram(program, client.connection, (kubeconfig) => [command, kubeconfig], lines)) as readonly ArgocdVerdict[];
}
