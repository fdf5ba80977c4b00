import type { PreparePlan } from '../../lib/pod-plan.ts';
import { quote } from '../log.ts';
import { childOf, isPlainAbsolutePath, isPlainRelativePath } from './volume-paths.ts';

/** Throws on a path to write that is not in its one spelling: the renderer checks what users write, so such a plan is a bug of ours. */
export function requirePlainPaths({ state, directories, links, files, replaceSets, listen, config }: PreparePlan): void {
  const absolute = [
    childOf(state.volume, state.directory),
    ...[...directories, ...links].map(({ path }) => path),
    ...files.map(({ target }) => target),
    ...replaceSets.flatMap(({ root, record }) => [root, record]),
  ];
  if (listen !== null) absolute.push(listen.directory);
  if (config !== null) absolute.push(config.target);
  const relative = replaceSets.flatMap((set) => set.files.map(({ path }) => path));
  const wrong = absolute.find((path) => !isPlainAbsolutePath(path)) ?? relative.find((path) => !isPlainRelativePath(path));
  if (wrong !== undefined) throw new Error(`the plan has the path ${quote(wrong)}`);
}
