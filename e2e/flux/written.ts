import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { directoryFiles, type ManifestGroup } from '../../src/output/directory.ts';

/** Writes the files of these manifests below `directory`. */
export function writeManifests(groups: Iterable<ManifestGroup>, directory: string): void {
  for (const { path, text } of directoryFiles(groups)) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
