import type { Instance } from './instance.ts';

export interface ResolvedRuntimeDeps {
  readonly pnpm: boolean;
  readonly python: boolean;
}

export function resolveRuntimeDeps({ spec }: Instance): ResolvedRuntimeDeps {
  return { pnpm: spec.runtimeDeps?.pnpm ?? false, python: spec.runtimeDeps?.python ?? false };
}
