/** What the runner needs to know of an image, since there is no container engine. */
export interface ContainerImage {
  /** True for the image references that this stands for. */
  readonly matches: (reference: string) => boolean;
  /** Root directory that plays the base image, with `util-linux` in it; the machine's own Debian unless given. */
  readonly base?: string;
  /** Directories or files of the machine that the image contains, beside /usr of its base. Read-only. */
  readonly contains: readonly { readonly source: string; readonly target: string }[];
  /** Symbolic links in the image. */
  readonly links: readonly { readonly path: string; readonly target: string }[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDir: string;
  readonly user: { readonly name: string; readonly uid: number; readonly gid: number; readonly home: string };
  readonly stopSignal: NodeJS.Signals;
}

export function imageOf(reference: string, images: readonly ContainerImage[]): ContainerImage {
  const found = images.find((image) => image.matches(reference));
  if (found === undefined) throw new Error(`no stand-in for the image ${reference}`);
  return found;
}
