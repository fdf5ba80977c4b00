import { chromiumClaimName } from '../kube/names.ts';
import type { EnvVar } from '../kube/types.ts';
import { canonicalQuantity } from '../lib/quantity.ts';
import { builtInImage } from './image.ts';
import type { Instance } from './instance.ts';
import type { ResolvedResources } from './resolved.ts';
import { resourcesWithDefaults } from './resources.ts';

export interface ResolvedChromium {
  /** Full reference, with digest when pinned, before the registry override. */
  readonly image: string;
  /** True for headless-shell from whatever registry: its browser is started directly, and another image by its own entrypoint. */
  readonly isHeadlessShell: boolean;
  /** The built-in arguments with the user's among them. */
  readonly args: readonly string[];
  readonly extraEnv: readonly EnvVar[];
  readonly resources: ResolvedResources;
  /** Home directory of the browser, which it can write to. */
  readonly home: string;
  /** Null when the profile goes with the pod. */
  readonly profile: ProfileClaim | null;
}

interface ProfileClaim {
  readonly claimName: string;
  /** False when the user brings the claim. */
  readonly rendersClaim: boolean;
  readonly size: string;
  readonly storageClass: string | undefined;
}

export const CDP_PORT = 9222;

const REPOSITORY = 'docker.io/chromedp/headless-shell';
/** What older specs say; its image is no longer made. */
export const REPLACED_REPOSITORY = 'ghcr.io/browserless/chromium';
const TAG = 'stable';
const RESOURCES: ResolvedResources = { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '1', memory: '2Gi' } };

/** No GPU, and no sandbox of the browser's own: that would need privileges which no container of the pod has. */
const ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--disable-blink-features=AutomationControlled',
  '--disable-features=AutomationControlled',
  '--no-first-run',
  '--disable-oom-score-adj',
];

/** Null when no browser is asked for. */
export function resolveChromium({ spec, name }: Instance): ResolvedChromium | null {
  const { chromium } = spec;
  if (chromium?.enabled !== true) return null;
  const { persistence = {} } = chromium;
  const existingClaim = persistence.existingClaim ?? '';
  return {
    image: resolveChromiumImage(chromium.image ?? {}),
    isHeadlessShell: isHeadlessShell(chromium.image?.repository ?? ''),
    args: mergedArgs(ARGS, chromium.extraArgs ?? []),
    extraEnv: (chromium.extraEnv ?? []) as readonly EnvVar[],
    resources: resourcesWithDefaults(chromium.resources ?? {}, RESOURCES),
    home: '/tmp',
    profile:
      persistence.enabled === true
        ? {
            claimName: existingClaim || chromiumClaimName(name),
            rendersClaim: existingClaim === '',
            size: canonicalQuantity(persistence.size || '1Gi'),
            storageClass: persistence.storageClass,
          }
        : null,
  };
}

/** Tag and digest of a repository that is replaced name nothing in the one that replaces it. */
function resolveChromiumImage(image: { readonly repository?: string; readonly tag?: string; readonly digest?: string }): string {
  if (image.repository === REPLACED_REPOSITORY) return `${REPOSITORY}:${TAG}`;
  const isOfficial = isHeadlessShell(image.repository ?? '');
  const tag = !image.tag || (isOfficial && image.tag === 'latest') ? TAG : image.tag;
  return builtInImage({ ...image, tag }, REPOSITORY);
}

export function isHeadlessShell(repository: string): boolean {
  return repository === '' || repository === REPLACED_REPOSITORY || `/${repository}`.endsWith('/chromedp/headless-shell');
}

/** The value that an argument gives to a switch, empty where it has none; null when it is about another. The browser takes one dash too. */
export function switchNamed(arg: string, name: string): string | null {
  const found = /^--?([^=]+)=?(.*)$/s.exec(arg);
  return found?.[1] === name ? (found[2] ?? '') : null;
}

/** One argument a switch: a later one takes the place of an earlier one of its name. */
function mergedArgs(...lists: readonly (readonly string[])[]): string[] {
  const byName = new Map<string, string>();
  for (const arg of lists.flat()) byName.set(arg.split('=', 1)[0] ?? '', arg);
  return [...byName.values()];
}
