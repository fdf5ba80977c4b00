/** Files of Go modules: where projects publish the definitions of their kinds with every release. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Text of a file of `module@version`, out of Go's cache, which is filled from the module proxy the first time. */
export async function goModuleFile(module: string, path: string): Promise<string> {
  // Outside of any module, so that nobody's go.mod has a say.
  const { stdout } = await run('go', ['mod', 'download', '-json', module], { cwd: '/', maxBuffer: 1 << 20 });
  const { Dir: directory } = JSON.parse(stdout) as { readonly Dir: string };
  return await readFile(join(directory, path), 'utf8');
}
