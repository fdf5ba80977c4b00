import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestsOfYaml } from './manifest.ts';
import type { Manifest } from './manifest.ts';

const GOLDEN = join(import.meta.dirname, '../../golden');

/** The manifests of every case that has some; a folder that is neither an output nor a refusal is a mistake. */
export async function goldenCases(): Promise<ReadonlyMap<string, readonly Manifest[]>> {
  const cases = new Map<string, readonly Manifest[]>();
  for (const name of readdirSync(GOLDEN).sort()) {
    const expected = join(GOLDEN, name, 'expected.yaml');
    if (existsSync(expected)) cases.set(name, manifestsOfYaml(await readFile(expected, 'utf8')));
    else if (existsSync(join(GOLDEN, name, 'input')) && !existsSync(join(GOLDEN, name, 'stderr.txt')))
      throw new Error(`golden/${name} has neither expected.yaml nor stderr.txt`);
  }
  return cases;
}

/** Every object once, whatever number of cases has it: clients in Go are slow, and the same text tells the same twice. */
export function distinctManifests(cases: readonly (readonly Manifest[])[]): readonly (readonly Manifest[])[] {
  const seen = new Set<string>();
  return cases.map((manifests) =>
    manifests.filter(({ text }) => {
      if (seen.has(text)) return false;
      seen.add(text);
      return true;
    }),
  );
}
