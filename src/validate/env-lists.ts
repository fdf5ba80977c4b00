import type { EnvFromSource } from '../generated/openclaw-instance.ts';
import type { Path } from '../parse/source.ts';
import type { Instance } from '../resolve/instance.ts';
import { agentEnv, type PlacedEnvVar } from './environment.ts';
import { userContainers } from './user-containers.ts';

/** The variables that one container is given. */
export interface EnvList {
  readonly entries: readonly PlacedEnvVar[];
  readonly envFrom: readonly { readonly source: EnvFromSource; readonly path: Path }[];
}

function sources(list: readonly EnvFromSource[] | undefined, ...path: Path): EnvList['envFrom'] {
  return (list ?? []).map((source, index) => ({ source, path: [...path, index] }));
}

/** Every list of variables in the spec, that of the agent first. */
export function envLists(instance: Instance): EnvList[] {
  const { spec } = instance;
  const lists: EnvList[] = [];
  if (spec.env !== undefined || spec.envFrom !== undefined) {
    lists.push({ entries: agentEnv(instance), envFrom: sources(spec.envFrom, 'spec', 'envFrom') });
  }
  for (const { container, path } of userContainers(instance)) {
    const entries = (container.env ?? []).map((entry, index) => ({ entry, path: [...path, 'env', index] }));
    lists.push({ entries, envFrom: sources(container.envFrom, ...path, 'envFrom') });
  }
  const extraEnv = spec.chromium?.extraEnv;
  if (extraEnv !== undefined) {
    lists.push({ entries: extraEnv.map((entry, index) => ({ entry, path: ['spec', 'chromium', 'extraEnv', index] })), envFrom: [] });
  }
  return lists;
}
