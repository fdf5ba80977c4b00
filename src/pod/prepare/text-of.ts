import type { FileSystem } from './file-system.ts';

/** The text of a file of ours; empty for what is no regular file, which is none. */
export async function textOf(fs: FileSystem, path: string): Promise<string> {
  return (await fs.inspect(path))?.kind === 'file' ? (await fs.read(path)).toString('utf8') : '';
}
