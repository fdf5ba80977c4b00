/** Which plugins are installed, and under which id the configuration enables each. */
import { byCodeUnits } from '../lib/code-unit-order.ts';
import type { Instance } from './instance.ts';
import type { LockedPackage } from './lock.ts';
import { packageReference } from './package-reference.ts';

export interface ResolvedPlugin {
  /** As the spec has it. */
  readonly name: string;
  readonly source: 'clawhub' | 'npm';
  readonly package: string;
  /** Exact version or tag; null for the newest. */
  readonly version: string | null;
  readonly integrity: string | null;
  /** From the lock or, where that does not say it, from the name; the installer compares it with the plugin's own word. */
  readonly id: string;
}

/** As OpenClaw itself guesses an id while it has not seen the manifest: `@acme/openclaw-plugin` is `openclaw`. */
function idOfPackage(name: string): string {
  const unscoped = name.slice(name.lastIndexOf('/') + 1);
  return unscoped.replace(/(?<=.)-(?:provider|plugin)$/, '');
}

/** In code-unit order, each once. */
export function resolvePlugins({ spec }: Instance, locked: ReadonlyMap<string, LockedPackage>): readonly ResolvedPlugin[] {
  return [...new Set(spec.plugins ?? [])].sort(byCodeUnits).map((name) => {
    const reference = packageReference(name);
    const release = locked.get(name);
    return {
      name,
      source: reference.source,
      package: reference.package,
      version: release?.version ?? reference.version,
      integrity: release?.integrity ?? null,
      id: release?.id ?? idOfPackage(reference.package),
    };
  });
}
