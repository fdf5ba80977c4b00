/** The real Redis of a Debian package, with the libraries of the same release, on a port of its own and in memory alone. */
import { connect } from 'node:net';
import { join } from 'node:path';
import { startServer, type ServerProcess } from '../registries/server-process.ts';
import { debianRoot } from '../tools/debian.ts';

const LIBRARIES = ['usr/lib/x86_64-linux-gnu', 'lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu', 'lib/aarch64-linux-gnu'];
const LOADER = process.arch === 'arm64' ? 'lib/ld-linux-aarch64.so.1' : 'lib64/ld-linux-x86-64.so.2';

export async function startRedis(logFile: string): Promise<ServerProcess> {
  const root = await debianRoot('bookworm', ['redis-server']);
  const libraries = LIBRARIES.map((path) => join(root, path)).join(':');
  return startServer(
    (host) => {
      const [address = '', port = ''] = host.split(':');
      const flags = ['--bind', address, '--port', port, '--save', '', '--appendonly', 'no'];
      return [join(root, LOADER), '--library-path', libraries, join(root, 'usr/bin/redis-server'), ...flags];
    },
    logFile,
    pings,
  );
}

function pings(host: string): Promise<boolean> {
  const [address = '', port = ''] = host.split(':');
  return new Promise((resolve) => {
    const socket = connect(Number(port), address, () => socket.write('PING\r\n'));
    socket.once('error', () => resolve(false));
    socket.once('data', (answer) => {
      socket.end();
      resolve(answer.toString().startsWith('+PONG'));
    });
  });
}
