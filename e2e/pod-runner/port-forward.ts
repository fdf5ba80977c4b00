/**
 * Program: what `kubectl port-forward` is at the pod's end. Run in the pod's network, it opens a connection to 127.0.0.1 for every
 * one that it takes on a socket file. Arguments: the directory of the socket files, then the ports.
 */
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

const [directory = '', ...ports] = process.argv.slice(2);
for (const port of ports) {
  createServer((client) => {
    const target = connect({ host: '127.0.0.1', port: Number(port) });
    client.pipe(target).pipe(client);
    client.on('error', () => target.destroy());
    target.on('error', () => client.destroy());
    client.on('close', () => target.destroy());
    // The client gets what was said before.
    target.on('close', () => client.destroySoon());
  }).listen(join(directory, `${port}.sock`));
}
