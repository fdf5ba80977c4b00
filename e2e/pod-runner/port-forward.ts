/**
 * Program: what `kubectl port-forward` is at the pod's end. Run in the pod's network, it opens a connection to 127.0.0.1 for every
 * one that it takes on a socket file. Arguments: the directory of the socket files, then the ports. It says `ready` when it takes connections:
 * the files are there before that.
 */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

const [directory = '', ...ports] = process.argv.slice(2);
const servers = ports.map((port) => {
  const server = createServer((client) => {
    const target = connect({ host: '127.0.0.1', port: Number(port) });
    client.pipe(target).pipe(client);
    client.on('error', () => target.destroy());
    target.on('error', () => client.destroy());
    client.on('close', () => target.destroy());
    // The client gets what was said before.
    target.on('close', () => client.destroySoon());
  });
  return once(server.listen(join(directory, `${port}.sock`)), 'listening');
});
await Promise.all(servers);
process.stdout.write('ready\n');
