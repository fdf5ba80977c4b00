/** podman, buildah and runc of Debian in a directory of their own: nothing of the machine's images, networks or settings is used or changed. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGES: Readonly<Record<string, string>> = {
  buildah: '/usr/bin/buildah',
  mmdebstrap: '/usr/bin/mmdebstrap',
  podman: '/usr/bin/podman',
  runc: '/usr/sbin/runc',
};

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a cluster or kustomize would run the image. */
export interface RunSettings {
  readonly user?: string;
  readonly input?: string;
  readonly flags?: readonly string[];
  readonly args?: readonly string[];
}

/** What `restricted` pods with a read-only root and an emptyDir at /tmp are given. */
const HARDENED = ['--read-only', '--read-only-tmpfs=false', '--tmpfs', '/tmp:mode=1777,size=64m', '--cap-drop', 'ALL'];
const ALWAYS = [
  '--rm',
  '--interactive',
  '--network',
  'none',
  '--security-opt',
  'no-new-privileges',
  '--pids-limit',
  '512',
  '--memory',
  '1536m',
];

export class Podman {
  readonly directory = mkdtempSync(join(tmpdir(), 'openclaw-gitops-podman-'));
  readonly env: NodeJS.ProcessEnv;

  constructor() {
    const missing = Object.keys(PACKAGES).filter((name) => !existsSync(PACKAGES[name]!));
    if (missing.length > 0) {
      execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2] });
      execFileSync('apt-get', ['install', '-qq', '--yes', '--no-install-recommends', ...missing], { stdio: ['ignore', 2, 2] });
    }
    // Machines differ in what they allow a container to raise, and in their version of cgroups.
    const containers = ['[containers]', 'default_ulimits = ["nofile=16384:16384", "nproc=16384:16384"]', 'netns = "none"', '[engine]'];
    containers.push('runtime = "runc"', 'cgroup_manager = "cgroupfs"', 'events_logger = "none"');
    const storage = ['[storage]', 'driver = "overlay"', `graphroot = "${this.directory}/store"`, `runroot = "${this.directory}/run"`];
    const [containersFile, storageFile] = [join(this.directory, 'containers.conf'), join(this.directory, 'storage.conf')];
    writeFileSync(containersFile, `${containers.join('\n')}\n`);
    writeFileSync(storageFile, `${storage.join('\n')}\n`);
    mkdirSync(join(this.directory, 'tmp'));
    this.env = {
      ...process.env,
      CONTAINERS_CONF: containersFile,
      CONTAINERS_STORAGE_CONF: storageFile,
      TMPDIR: join(this.directory, 'tmp'),
    };
  }

  /** What it prints. */
  text(args: readonly string[], input?: Buffer): string {
    return execFileSync('podman', args, {
      env: this.env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      ...(input === undefined ? { stdio: ['ignore', 'pipe', 2] } : { input, stdio: ['pipe', 'pipe', 2] }),
    }).trim();
  }

  /** Runs the image as hardened as a cluster would. */
  run(image: string, settings: RunSettings): Ran {
    return this.runAs(image, { ...settings, flags: [...HARDENED, ...(settings.flags ?? [])] });
  }

  /** Runs it with these flags only, and never with a network. */
  runAs(image: string, settings: RunSettings): Ran {
    const { status, stdout, stderr } = spawnSync('podman', command(image, settings), {
      env: this.env,
      encoding: 'utf8',
      input: settings.input ?? '',
      maxBuffer: 1 << 28,
    });
    return { status, stdout, stderr };
  }

  /** As `run`, for what does not end by itself. */
  start(image: string, settings: RunSettings): ChildProcess {
    return spawn('podman', command(image, { ...settings, flags: [...HARDENED, ...(settings.flags ?? [])] }), {
      env: this.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  }

  remove(): void {
    for (const args of [
      ['rm', '--all', '--force'],
      ['rmi', '--all', '--force'],
    ])
      spawnSync('podman', args, { env: this.env, stdio: 'ignore' });
    // It leaves the directory of the overlay mounted.
    spawnSync('umount', [join(this.directory, 'store/overlay')], { stdio: 'ignore' });
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function command(image: string, { user = '999:999', flags = [], args = [] }: RunSettings): string[] {
  return ['run', ...ALWAYS, '--user', user, ...flags, image, ...args];
}
