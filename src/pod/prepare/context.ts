import type { Log } from '../log.ts';
import type { FileSystem } from './file-system.ts';

/** What every step of prepare works with. */
export interface Context {
  readonly fs: FileSystem;
  readonly log: Log;
  /** The user this program runs as: the pod's. */
  readonly uid: number;
}
