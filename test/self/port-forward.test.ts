import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';

/** About what the system holds of a socket file's connection: what is over it waits in the forwarding program. */
const SIZES = [230_000, 240_000, 245_000, 250_000, 255_000, 260_000];
const READERS_LEISURE_MS = 300;

test('the port-forward of the pod runner gives a slow reader the whole of what the pod said before it hung up', async (t) => {
  const servers = await Promise.all(SIZES.map(serving));
  const directory = mkdtempSync(join(tmpdir(), 'port-forward-'));
  const ports = servers.map((server) => String((server.address() as AddressInfo).port));
  const program = spawn(process.execPath, ['e2e/pod-runner/port-forward.ts', directory, ...ports]);
  t.after(() => {
    program.kill();
    for (const server of servers) server.close();
    rmSync(directory, { recursive: true });
  });
  const sockets = ports.map((port) => join(directory, `${port}.sock`));
  await once(program.stdout, 'data');
  assert.deepEqual(await Promise.all(sockets.map(slowlyRead)), SIZES);
});

async function serving(size: number): Promise<Server> {
  const server = createServer((client) => client.end(Buffer.alloc(size)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

async function slowlyRead(socket: string): Promise<number> {
  const client = connect(socket).pause();
  await setTimeout(READERS_LEISURE_MS);
  let size = 0;
  for await (const piece of client) size += (piece as Buffer).length;
  return size;
}
