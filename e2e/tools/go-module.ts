/** Files of Go modules: where projects publish the definitions of their kinds with every release. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the files of `module@version` are: in Go's cache, which is filled from the module proxy the first time. */
export async function goModuleDirectory(module: string, toolchain?: string): Promise<string> {
  const env = { ...process.env, ...(toolchain === undefined ? {} : { GOTOOLCHAIN: toolchain }) };
  // Outside of any module, so that nobody's go.mod has a say.
  const { stdout } = await run('go', ['mod', 'download', '-json', module], { cwd: '/', env, maxBuffer: 1 << 20 });
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}

/** Text of a file of `module@version`; `toolchain` is the version of Go that it asks for where ours is older. */
export async function goModuleFile(module: string, path: string, toolchain?: string): Promise<string> {
  return await readFile(join(await goModuleDirectory(module, toolchain), path), 'utf8');
}
