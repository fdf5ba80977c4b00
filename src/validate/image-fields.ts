import { patterns, specPlaces, type Pattern } from './spec-places.ts';
import type { Spec } from '../resolve/instance.ts';
import type { Path } from '../parse/source.ts';

/** An image as the spec writes it, for the agent and the built-in containers alike. */
export interface ImageField {
  readonly path: Path;
  readonly repository: string;
  /** Undefined when the spec does not say it. */
  readonly tag: string | undefined;
  readonly digest: string;
}

const IMAGES: readonly Pattern[] = patterns('image', 'chromium.image', 'ollama.image', 'tailscale.image', 'webTerminal.image');

/** Every image that the spec describes in parts. */
export function imageFields(spec: Spec): ImageField[] {
  return specPlaces(spec, IMAGES).map(({ path, value }) => {
    const { repository, tag, digest } = value as { repository?: string; tag?: string; digest?: string };
    return { path, repository: repository ?? '', tag, digest: digest ?? '' };
  });
}
