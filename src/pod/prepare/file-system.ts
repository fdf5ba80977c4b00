/**
 * Everything prepare asks of a file system. Tests give it one that fails at the n-th change;
 * each change is one step after which the program may be killed.
 */
export interface FileSystem {
  /** What stands at `path`, not following a link; null when nothing does. */
  readonly inspect: (path: string) => Promise<Entry | null>;
  /** Names in a directory, in code-unit order. */
  readonly list: (path: string) => Promise<readonly string[]>;
  readonly read: (path: string) => Promise<Buffer>;
  readonly readLink: (path: string) => Promise<string>;
  /** `path` with every link followed; null when one leads nowhere. */
  readonly resolve: (path: string) => Promise<string | null>;
  /** Whether this process may open a file or list a directory. */
  readonly isReadable: (path: string) => Promise<boolean>;
  /** Whether this process may add and remove entries of a directory. */
  readonly isWritable: (path: string) => Promise<boolean>;
  readonly freeBytes: (path: string) => Promise<number>;

  readonly mkdir: (path: string, mode: number) => Promise<void>;
  readonly chmod: (path: string, mode: number) => Promise<void>;
  readonly touch: (path: string, modifiedMs: number) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly unlink: (path: string) => Promise<void>;
  readonly rmdir: (path: string) => Promise<void>;
  readonly symlink: (path: string, target: string) => Promise<void>;
  /** Writes a file that must not exist yet, and waits until it is on disk. */
  readonly write: (path: string, bytes: Uint8Array, mode: number) => Promise<void>;
  /** Copies a file to a path that must not exist yet. */
  readonly copy: (from: string, to: string, mode: number) => Promise<void>;
  /** Waits until the entries of a directory are on disk. */
  readonly sync: (path: string) => Promise<void>;
}

export interface Entry {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly uid: number;
  /** The file system it is on: a directory on another one than its parent is a mount point. */
  readonly device: number;
  /** Permission, setuid, setgid and sticky bits. */
  readonly mode: number;
  readonly bytes: number;
  readonly modifiedMs: number;
}
