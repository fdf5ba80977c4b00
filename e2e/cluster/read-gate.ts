import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface ReadGate {
  readonly port: number;
  readonly close: () => void;
}

/**
 * A relay to a port of 127.0.0.1 that makes `count` runs of a program race: their first connections, one read each, go through
 * together, and no later one does before all of those have ended.
 */
export async function openGate(count: number, target: number): Promise<ReadGate> {
  const held: Socket[] = [];
  let arrived = 0;
  let ended = 0;
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    arrived += 1;
    if (arrived <= count) {
      socket.once('close', () => {
        ended += 1;
        if (ended === count) release();
      });
    }
    held.push(socket);
    if (arrived === count || ended >= count) release();
  });
  function release(): void {
    for (const socket of held.splice(0)) relay(socket, target);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

function relay(socket: Socket, target: number): void {
  const upstream = connect(target, '127.0.0.1');
  upstream.on('error', () => socket.destroy());
  upstream.on('close', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
  socket.pipe(upstream);
  upstream.pipe(socket);
}
