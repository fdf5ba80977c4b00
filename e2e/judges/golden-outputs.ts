import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RULES } from '../../test/golden/golden-case.ts';

const GOLDEN = join(import.meta.dirname, '../../golden');

export interface GoldenOutput {
  readonly name: string;
  readonly path: string;
}

/** The kept manifests of every golden case that renders. */
export function goldenOutputs(): readonly GoldenOutput[] {
  const found = globSync('*/expected.yaml', { cwd: GOLDEN })
    .toSorted()
    .map((file) => ({ name: basename(dirname(file)), path: join(GOLDEN, file) }))
    .filter(({ name, path }) => name !== RULES && existsSync(path));
  if (found.length === 0) throw new Error('no golden case has manifests');
  return found;
}
