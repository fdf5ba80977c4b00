import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KubeObject } from '../../src/kube/types.ts';
import { ClusterObjects } from '../pod-runner/cluster-objects.ts';
import { run } from '../pod-runner/command.ts';
import { SANDBOX_DIRECTORY } from '../pod-runner/sandbox.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

/** The objects that the renderer prints for one instance and what stands beside it, as a user would have it print them. */
export function render(instance: object, input: readonly KubeObject[] = [], files: Readonly<Record<string, string>> = {}): ClusterObjects {
  const directory = join(SANDBOX_DIRECTORY, 'input');
  rmSync(directory, { recursive: true, force: true });
  // JSON is YAML.
  const all = { 'instance.yaml': [instance, ...input].map((object) => `---\n${JSON.stringify(object, null, 2)}\n`).join(''), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return renderDirectory(directory);
}

/** The objects that the renderer prints for a directory. */
export function renderDirectory(directory: string, ...flags: readonly string[]): ClusterObjects {
  return ClusterObjects.fromJsonLines(run('env', '-C', directory, process.execPath, MAIN, 'render', '.', '--output', 'jsonl', ...flags));
}
