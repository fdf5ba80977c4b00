/** A registry that is only reached through a proxy, over TLS, with a CA of its own. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selfSignedCertificate } from '../../../test/pod/support/self-signed-certificate.ts';
import type { CheckResult } from '../../cluster/report.ts';
import { imagesOf, lockedImages, pushImages, writeAgent } from '../agents.ts';
import { startFront } from '../front.ts';
import { openclawGitops } from '../program.ts';
import { pusher } from '../push.ts';

const NAME = 'registry.example.test';

export async function checkTlsAndProxy(host: string, directory: string): Promise<CheckResult> {
  const tls = selfSignedCertificate([NAME]);
  const front = await startFront(host, { tls });
  const proxy = await startProxy(front.port);
  try {
    writeAgent(directory, NAME);
    const ca = join(directory, 'ca.pem');
    writeFileSync(ca, tls.cert);
    const pushed = await pushImages(await imagesOf(directory, NAME), NAME, pusher(host), 'over TLS');
    const lock = (env: Readonly<Record<string, string>>): ReturnType<typeof openclawGitops> =>
      openclawGitops(directory, ['lock', 'agents', '--registry', NAME], { HTTPS_PROXY: `http://alice:hunter2@${proxy.host}`, ...env });
    const untrusted = await lock({});
    assert.equal(untrusted.code, 1);
    assert.match(untrusted.err, /shows a certificate that is not trusted \(\w+\); NODE_EXTRA_CA_CERTS can name the file of your CA/);
    assert.doesNotMatch(untrusted.err, /hunter2/);
    const passedBy = await lock({ NODE_EXTRA_CA_CERTS: ca, NO_PROXY: '.example.test' });
    assert.match(passedBy.err, /is not known/);
    const locked = await lock({ NODE_EXTRA_CA_CERTS: ca });
    assert.deepEqual([locked.code, locked.err], [0, '']);
    assert.deepEqual(lockedImages(directory), Object.fromEntries(pushed));
    assert.ok(proxy.targets.length > 0 && proxy.targets.every((target) => target === `${NAME}:443`), proxy.targets.join(' '));
    return { summary: `${pushed.size} images over ${proxy.targets.length} tunnels`, rows: [], failures: [] };
  } finally {
    await proxy.stop();
    await front.stop();
  }
}

/** Tunnels everything to one port of this machine. */
async function startProxy(port: number): Promise<{ host: string; targets: string[]; stop: () => Promise<void> }> {
  const targets: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connect', (request, client: Socket) => {
    targets.push(request.url ?? '');
    const behind = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      behind.pipe(client);
      client.pipe(behind);
    });
    for (const socket of [client, behind]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, targets, stop };
}
