/** The user's proxy in containers of ours that open TLS connections: what the agent needs to get out, they need too. */
import type { Container, EnvVar } from '../../kube/types.ts';

const PROXY = /^(?:https?|all|no)_proxy$/i;
/** Kubernetes' references, and the escape that is none. */
const REFERENCE = /\$\$|\$\(([^)]+)\)/g;

/** The variables that say which proxy to use, and those that they refer to, in their order. */
export function proxyVariables(env: readonly EnvVar[]): EnvVar[] {
  const referred = new Set<string>();
  const kept: EnvVar[] = [];
  // From the end, since a reference sees only what precedes it.
  for (const entry of env.toReversed()) {
    if (!PROXY.test(entry.name) && !referred.has(entry.name)) continue;
    kept.unshift(entry);
    for (const [, name] of (entry.value ?? '').matchAll(REFERENCE)) if (name !== undefined) referred.add(name);
  }
  return kept;
}

/** `container` with those of the variables that it does not set itself. */
export function withProxyVariables(container: Container, variables: readonly EnvVar[]): Container {
  if (variables.length === 0) return container;
  const { env = [] } = container;
  const own = new Set(env.map(({ name }) => name));
  return { ...container, env: [...variables.filter(({ name }) => !own.has(name)), ...env] };
}
