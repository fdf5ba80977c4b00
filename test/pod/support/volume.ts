import { chmod, chown, lchown, lstat, mkdir, mkdtemp, readFile, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { FileSystem } from '../../../src/pod/prepare/file-system.ts';
import { nodeFileSystem } from '../../../src/pod/prepare/node-file-system.ts';
import { POD_GID, POD_UID, asPodUser, isRoot } from './pod-user.ts';

/** Text is a file, `-> x` in `link` a symbolic link, null a directory. */
export type Wanted = {
  readonly [path: string]: string | { readonly link: string } | { readonly text?: string; readonly mode: number } | null;
};

/** A directory of the pod's user that every user can enter, removed at the end of the test. */
export async function scratch(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'openclaw-gitops-'));
  if (isRoot()) await chown(path, POD_UID, POD_GID);
  await chmod(path, 0o755);
  t.after(async () => {
    if (!isRoot()) await openUp(path);
    await rm(path, { recursive: true, force: true });
  });
  return path;
}

/** A volume as kubelet hands it out with an fsGroup: root owns it where root runs the tests, the pod's group may write, setgid is on. */
export async function makeVolume(path: string, mode = 0o2775): Promise<string> {
  await mkdir(path);
  if (isRoot()) await chown(path, 0, POD_GID);
  await chmod(path, mode);
  return path;
}

/** Makes files as the pod's user. */
export async function fill(root: string, wanted: Wanted): Promise<void> {
  await asPodUser(async () => {
    const modes: [string, number][] = [];
    for (const [name, content] of Object.entries(wanted)) {
      const path = join(root, name);
      await mkdir(dirname(path), { recursive: true });
      if (content === null) await mkdir(path, { recursive: true });
      else if (typeof content === 'string') await writeFile(path, content);
      else if ('link' in content) await symlink(content.link, path);
      else {
        modes.push([path, content.mode]);
        if (content.text === undefined) await mkdir(path, { recursive: true });
        else await writeFile(path, content.text);
      }
    }
    for (const [path, mode] of modes.reverse()) await chmod(path, mode);
  });
}

const strangers = new Map<string, number>();
const mounts = new Set<string>();

/** Makes `testFileSystem` show a directory as the root of another file system: mounting is not for everybody. */
export async function pretendMounted(path: string): Promise<void> {
  mounts.add(await identityOf(path));
}

/**
 * Gives a path, and all below with `deep`, to another user. Root really does; for anybody else `testFileSystem` pretends:
 * it shows that owner and refuses to change the mode, as the kernel would.
 */
export async function giveAway(path: string, uid: number, { deep = false } = {}): Promise<void> {
  if (deep && (await lstat(path)).isDirectory()) for (const name of await readdir(path)) await giveAway(join(path, name), uid, { deep });
  if (isRoot()) {
    await lchown(path, uid, POD_GID);
  } else {
    strangers.set(await identityOf(path), uid);
  }
}

export const testFileSystem: FileSystem = {
  ...nodeFileSystem,
  inspect: async (path) => {
    const entry = await nodeFileSystem.inspect(path);
    if (entry === null || strangers.size + mounts.size === 0) return entry;
    const identity = await identityOf(path);
    return { ...entry, uid: strangers.get(identity) ?? entry.uid, device: mounts.has(identity) ? -1 : entry.device };
  },
  // A killed process loses nothing that it has written; waiting for the disk would only make the tests slow.
  sync: async () => {},
  write: async (path, bytes, mode) => {
    await writeFile(path, bytes, { mode, flag: 'wx' });
    await chmod(path, mode);
  },
  chmod: async (path, mode) => {
    if (strangers.size > 0 && strangers.has(await identityOf(path)))
      throw Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'chmod', path });
    await nodeFileSystem.chmod(path, mode);
  },
};

/** With the time of birth, because inode numbers are used again. */
async function identityOf(path: string): Promise<string> {
  const { dev, ino, birthtimeNs } = await lstat(path, { bigint: true });
  return `${dev}:${ino}:${birthtimeNs}`;
}

/** One line per path: kind, mode, owner, and text or link target. Equal trees have equal lines. */
export async function treeOf(root: string, { times = false } = {}): Promise<readonly string[]> {
  const lines: string[] = [];
  await walk('.');
  return lines;

  async function walk(name: string): Promise<void> {
    const path = join(root, name);
    const stats = await lstat(path);
    const owner = stats.uid === POD_UID ? 'own' : `uid ${stats.uid}`;
    const content = stats.isFile()
      ? JSON.stringify(await readFile(path, 'utf8'))
      : stats.isSymbolicLink()
        ? `-> ${await readlink(path)}`
        : stats.isDirectory()
          ? '/'
          : 'other';
    const stamp = times ? ` ${stats.ino} ${stats.mtimeMs} ${stats.ctimeMs}` : '';
    lines.push(`${name} ${stats.isSymbolicLink() ? '' : (stats.mode & 0o7777).toString(8)} ${owner} ${content}${stamp}`);
    if (stats.isDirectory()) for (const child of (await readdir(path)).sort()) await walk(join(name, child));
  }
}

async function openUp(path: string): Promise<void> {
  if (!(await lstat(path)).isDirectory()) return;
  await chmod(path, 0o700);
  for (const name of await readdir(path)) await openUp(join(path, name));
}
