import type { Path } from '../parse/source.ts';
import type { RuleContext } from './rule.ts';

/** A ConfigMap of the instance that grows with what the user writes. */
export interface ConfigMapSize {
  readonly what: string;
  readonly bytes: number;
  readonly path: Path;
}

/** What every workspace gets from us, rounded up. */
const OWN_FILES = 8192;

/** UTF-8 bytes, counted only where the length alone does not settle that they are few. */
function bytesOf(texts: readonly string[]): number {
  const most = texts.reduce((sum, text) => sum + text.length * 3, 0);
  if (most < 150_000) return most;
  const encoder = new TextEncoder();
  return texts.reduce((sum, text) => sum + encoder.encode(text).length, 0);
}

/** The sizes of the ConfigMaps that can become large: at most a few kB too high where they are small. */
export function configMapSizes({ instance, resolved }: RuleContext): ConfigMapSize[] {
  const sizes: ConfigMapSize[] = [];
  if (instance.spec.workspace !== undefined) {
    const files = resolved.workspaces.flatMap((workspace) => workspace.files);
    const bytes = bytesOf(files.flatMap(({ path, text }) => [path, text])) + OWN_FILES * resolved.workspaces.length;
    sizes.push({ what: 'workspace files', bytes, path: ['spec', 'workspace'] });
  }
  if (instance.spec.config !== undefined) {
    sizes.push({ what: 'configuration', bytes: bytesOf([JSON.stringify(resolved.config.base, null, 2)]), path: ['spec', 'config'] });
  }
  return sizes;
}
