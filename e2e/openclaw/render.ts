import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterObjects } from '../pod-runner/cluster-objects.ts';
import { run } from '../pod-runner/command.ts';
import { SANDBOX_DIRECTORY } from '../pod-runner/sandbox.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

/** The objects that the renderer prints for one instance, as a user would have it print them. */
export function render(instance: object): ClusterObjects {
  const directory = join(SANDBOX_DIRECTORY, 'input');
  mkdirSync(directory, { recursive: true });
  // JSON is YAML.
  writeFileSync(join(directory, 'instance.yaml'), JSON.stringify(instance, null, 2));
  return ClusterObjects.fromJsonLines(run('env', '-C', directory, process.execPath, MAIN, 'render', 'instance.yaml', '--output', 'jsonl'));
}
