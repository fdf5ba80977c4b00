/**
 * Stands in for `docker run` of an image with our program: takes exactly the flags that kustomize gives to the real one, refuses
 * any other, and runs the program as they say: as nobody, without network, without new privileges, with no environment but theirs.
 * What an image adds - its file system - is judged where the image is built.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const [program = '', seenFile = '', ...args] = process.argv.slice(2);
const { values, positionals } = parseArgs({
  args,
  allowPositionals: true,
  options: {
    rm: { type: 'boolean' },
    interactive: { type: 'boolean', short: 'i' },
    attach: { type: 'string', short: 'a', multiple: true },
    network: { type: 'string' },
    user: { type: 'string' },
    'security-opt': { type: 'string', multiple: true },
    env: { type: 'string', short: 'e', multiple: true },
  },
});
writeFileSync(seenFile, JSON.stringify({ ...values, positionals }));
const environment = (values.env ?? []).filter((entry) => entry.includes('='));
const unprivileged = ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups', '--no-new-privs', '--bounding-set=-all'];
const { status } = spawnSync(
  'unshare',
  ['--net', ...unprivileged, 'env', '--ignore-environment', ...environment, process.execPath, program, 'krm'],
  { cwd: '/', stdio: 'inherit' },
);
process.exitCode = status ?? 1;
