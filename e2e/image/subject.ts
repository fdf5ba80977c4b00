/** What the tests of the image share: how it is built here, and the golden case that it renders. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildImage, type Image } from '../../scripts/image/build-image.ts';
import { engine } from '../../scripts/image/engine.ts';
import { GOLDEN } from '../../test/golden/golden-case.ts';
import type { Podman, Ran } from './podman.ts';

/** The image that is judged. */
export interface Subject {
  readonly podman: Podman;
  readonly image: Image;
  /** Directory with its files. */
  readonly root: string;
}

export const CASE = join(GOLDEN, 'guide-production/input');

/** By the program of this checkout, which the golden cases judge. */
export const EXPECTED = execFileSync(process.execPath, [join(import.meta.dirname, '../../dist/openclaw-gitops.cjs'), 'render', CASE], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
});

/** Of flags that podman and buildah both have: what is not here is asked of nobody, and every step is made anew. */
const ANEW = ['--pull=never', '--isolation', 'chroot', '--network', 'host', '--no-cache'];

export function build(podman: Podman, tag: string, { by = 'podman', architecture = '', options = ANEW } = {}): Promise<Image> {
  return buildImage({
    engine: engine(by),
    tag,
    ...(architecture === '' ? {} : { architecture }),
    options,
    directory: join(podman.directory, tag.replaceAll(/\W/g, '-')),
  });
}

/** The golden case in a directory of its own that everyone may read, with further files. */
export function inputDirectory({ directory }: Podman, name: string, files: Readonly<Record<string, string>> = {}): string {
  // A colon would end the path of a volume.
  const path = join(directory, name.replaceAll(':', '-'));
  cpSync(CASE, path, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  execFileSync('chmod', ['--recursive', 'a+rX', path]);
  return path;
}

/** Runs the image with a directory of this machine at /input, read-only. */
export function onInput(
  { podman, image }: Pick<Subject, 'podman' | 'image'>,
  directory: string,
  args: readonly string[],
  { user = '999:999', flags = [] as readonly string[] } = {},
): Ran {
  return podman.run(image.tag, { user, flags: ['--volume', `${directory}:/input:ro`, ...flags], args });
}

/** The smallest agent as kustomize and kpt hand it over. */
export function resourceList(): string {
  const text = readFileSync(join(GOLDEN, 'minimal/input/bot.yaml'), 'utf8');
  return `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n-\n${text.replace(/^/gm, '  ')}\n`;
}
