/** What builds images: podman, buildah or docker, whichever is there. */
import { execFileSync } from 'node:child_process';

export interface Build {
  readonly context: string;
  readonly tag: string;
  readonly architecture: string;
  /** Seconds since 1970 that every file and the image itself get. */
  readonly epoch: string;
  readonly buildArguments: Readonly<Record<string, string>>;
  /** Besides those in the Dockerfile. */
  readonly labels: Readonly<Record<string, string>>;
  /** Flags of the engine's own. */
  readonly options: readonly string[];
}

export interface Engine {
  readonly name: string;
  readonly build: (build: Build) => void;
  readonly digest: (tag: string) => string;
  /** docker makes the manifest when it pushes. */
  readonly digestIsOf: 'manifest' | 'configuration';
  /** Writes the file or directory of the image to `target`. */
  readonly copy: (tag: string, path: string, target: string) => void;
}

/** Prints what it does to standard error. */
function run(command: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}): void {
  execFileSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...variables } });
}

function textOf(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 2] }).trim();
}

function flagsOf({ tag, architecture, buildArguments, labels, options }: Build): string[] {
  const args = Object.entries(buildArguments).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const described = Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]);
  return ['--platform', `linux/${architecture}`, '--tag', tag, ...args, ...described, ...options];
}

/** podman and docker have the same command for it; nothing of the image runs. */
function copyFrom(command: string, tag: string, path: string, target: string): void {
  const container = textOf(command, ['create', '--network', 'none', tag]);
  try {
    run(command, ['cp', `${container}:${path}`, target]);
  } finally {
    textOf(command, ['rm', container]);
  }
}

const PODMAN: Engine = {
  name: 'podman',
  build: (build) => run('podman', ['build', '--timestamp', build.epoch, ...flagsOf(build), build.context]),
  digest: (tag) => textOf('podman', ['image', 'inspect', '--format', '{{.Digest}}', tag]),
  digestIsOf: 'manifest',
  copy: (tag, path, target) => copyFrom('podman', tag, path, target),
};

const BUILDAH: Engine = {
  name: 'buildah',
  // With a layer for each step, as podman makes them.
  build: (build) => run('buildah', ['build', '--layers', '--timestamp', build.epoch, ...flagsOf(build), build.context]),
  digest: (tag) => textOf('buildah', ['inspect', '--type', 'image', '--format', '{{.FromImageDigest}}', tag]),
  digestIsOf: 'manifest',
  copy: (tag, path, target) => {
    const container = textOf('buildah', ['from', '--pull-never', tag]);
    try {
      run('cp', ['-R', `${textOf('buildah', ['mount', container])}${path}`, target]);
    } finally {
      textOf('buildah', ['rm', container]);
    }
  },
};

const DOCKER: Engine = {
  name: 'docker',
  // Before version 23 it builds with BuildKit only when it is told to; its older builder does not know all of the Dockerfile.
  build: (build) => run('docker', ['build', ...flagsOf(build), build.context], { DOCKER_BUILDKIT: '1' }),
  digest: (tag) => textOf('docker', ['image', 'inspect', '--format', '{{.Id}}', tag]),
  digestIsOf: 'configuration',
  copy: (tag, path, target) => copyFrom('docker', tag, path, target),
};

const ENGINES: readonly Engine[] = [PODMAN, BUILDAH, DOCKER];

/** The engine of that name, or the first that answers. */
export function engine(name?: string): Engine {
  const candidates = name === undefined ? ENGINES : ENGINES.filter((engine) => engine.name === name);
  if (candidates.length === 0)
    throw new Error(`"${name}" builds no images here; expected one of ${ENGINES.map((known) => known.name).join(', ')}`);
  const found = candidates.find(works);
  if (found === undefined) {
    const names = candidates.map((candidate) => candidate.name).join(', ');
    throw new Error(`none of ${names} works here; install one (apt-get install podman, for example), or start docker's daemon`);
  }
  return found;
}

/** `docker info` also asks the daemon. */
function works({ name }: Engine): boolean {
  try {
    execFileSync(name, ['info'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
