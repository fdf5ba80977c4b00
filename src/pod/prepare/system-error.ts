import { Failure } from '../failure.ts';
import { quote } from '../log.ts';
import type { Context } from './context.ts';
import { parentOf } from './volume-paths.ts';

const WRONG_OWNER = 'run the pod as the owner (podSecurityContext.runAsUser) or give this uid access';
const FULL = 'enlarge the volume or remove files';
const MOUNTED = 'mount the whole volume and nothing below it in this container';

/** What a reader can do, by error code. */
const HINTS: { readonly [code: string]: string } = {
  EACCES: WRONG_OWNER,
  EPERM: WRONG_OWNER,
  ENOSPC: FULL,
  EDQUOT: FULL,
  EXDEV: MOUNTED,
  EBUSY: MOUNTED,
};

/** Turns the file system's refusals into failures that name the paths, their owners and our uid; anything else is a bug and passes. */
export async function explainSystemErrors({ fs, uid }: Context, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code, syscall, path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
    if (error instanceof Failure || code === undefined || syscall === undefined) throw error;
    const lines = [`${syscall} failed (${code}) as uid ${uid}`];
    // Writing to an open file fails without a path.
    const paths = [path, dest].filter((each) => each !== undefined);
    for (const each of new Set(paths.flatMap((found) => [parentOf(found), found]))) {
      const entry = await fs.inspect(each).catch(() => null);
      lines.push(
        `${quote(each)} is ${entry === null ? 'missing or hidden' : `a ${entry.kind} of uid ${entry.uid}, mode ${entry.mode.toString(8)}`}`,
      );
    }
    throw new Failure(lines.join('; '), HINTS[code]);
  }
}
