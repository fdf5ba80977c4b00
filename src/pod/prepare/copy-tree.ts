import { quote } from '../log.ts';
import type { Context } from './context.ts';
import { childOf } from './volume-paths.ts';

/** Copies a tree so that this user owns all of it; links stay links, sockets and devices are left out and said. */
export async function copyTree(context: Context, from: string, to: string): Promise<void> {
  const { fs, log } = context;
  const entry = await fs.inspect(from);
  if (entry === null) return;
  if (entry.kind === 'link') return fs.symlink(to, await fs.readLink(from));
  if (entry.kind === 'other') return log.warn(`did not copy ${quote(from)}: neither file, directory nor link`);
  const mode = entry.mode & 0o777;
  if (entry.kind === 'file') {
    await fs.copy(from, to, mode | 0o400);
  } else {
    await fs.mkdir(to, 0o700);
    for (const name of await fs.list(from)) await copyTree(context, childOf(from, name), childOf(to, name));
    await fs.chmod(to, mode | 0o500);
  }
  await fs.touch(to, entry.modifiedMs);
}
