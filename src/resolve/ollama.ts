import { canonicalQuantity, quantityBytes } from '../lib/quantity.ts';
import { builtInImage } from './image.ts';
import type { Instance } from './instance.ts';
import type { ResolvedResources } from './resolved.ts';
import { resourcesWithDefaults } from './resources.ts';

export interface ResolvedOllama {
  /** Full reference, with digest when pinned, before the registry override. */
  readonly image: string;
  /** Names to pull before the agent starts, in order. */
  readonly models: readonly string[];
  readonly gpus: number;
  readonly resources: ResolvedResources;
  readonly storage: OllamaStorage;
}

export type OllamaStorage =
  | { readonly kind: 'claim'; readonly name: string }
  | { readonly kind: 'empty-dir'; readonly sizeLimit: string; readonly bytes: bigint };

export const OLLAMA_PORT = 11434;
const REPOSITORY = 'docker.io/ollama/ollama';
const RESOURCES: ResolvedResources = { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2', memory: '4Gi' } };
const SIZE_LIMIT = '20Gi';

/** Null when Ollama is not asked for. */
export function resolveOllama({ spec }: Instance): ResolvedOllama | null {
  const { ollama } = spec;
  if (ollama?.enabled !== true) return null;
  const claim = ollama.storage?.existingClaim ?? '';
  const sizeLimit = canonicalQuantity(ollama.storage?.sizeLimit || SIZE_LIMIT);
  return {
    image: builtInImage(ollama.image ?? {}, REPOSITORY),
    models: ollama.models ?? [],
    gpus: ollama.gpu ?? 0,
    resources: resourcesWithDefaults(ollama.resources ?? {}, RESOURCES),
    storage: claim === '' ? { kind: 'empty-dir', sizeLimit, bytes: quantityBytes(sizeLimit) ?? 0n } : { kind: 'claim', name: claim },
  };
}
