/** How skills, plugins and tools are installed, whatever they are. */
import { isJsonObject, valueAt, type JsonObject } from '../lib/json.ts';
import { INSTANCE_ANNOTATIONS, type Instance } from './instance.ts';

/**
 * What happens when something cannot be had. `fail`, the default: the agent waits, kubelet tries again until it works, and everybody
 * sees it. `start`: the agent starts without, and nobody tries again before the next start. What was installed once needs no
 * network, so neither matters to an agent that only restarts.
 */
export const INSTALL_FAILURES = ['fail', 'start'] as const;

export interface ResolvedInstallation {
  readonly onFailure: (typeof INSTALL_FAILURES)[number];
  /** What OpenClaw's command line is told of the user's configuration while it installs. */
  readonly config: JsonObject;
}

export function resolveInstallation({ annotations }: Instance, base: JsonObject): ResolvedInstallation {
  return {
    onFailure: annotations[INSTANCE_ANNOTATIONS.installFailure] === 'start' ? 'start' : 'fail',
    config: installationConfig(base),
  };
}

/**
 * The user's settings of plugins and of the proxy, and the program that judges installations. A policy without a program forbids all
 * installations: it locks the running agent, and what the spec names has been judged in Git.
 */
function installationConfig(base: JsonObject): JsonObject {
  const { plugins, proxy } = base;
  const policy = valueAt(base, 'security', 'installPolicy');
  return {
    gateway: { mode: 'local' },
    ...(plugins === undefined ? {} : { plugins }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(isJsonObject(policy) && policy['exec'] !== undefined ? { security: { installPolicy: policy } } : {}),
  };
}
