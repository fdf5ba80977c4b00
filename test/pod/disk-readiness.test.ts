import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { reasonNotReady } from '../../src/pod/disk-readiness/disk-readiness.ts';

describe('disk-readiness', () => {
  let server: Server;
  let status = 200;
  let url = '';
  let path = '';

  before(async () => {
    path = await mkdtemp(join(tmpdir(), 'disk-readiness-'));
    server = createServer((_request, response) => {
      if (status !== 0) response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/readyz`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const check = (minFreeBytes: number, where = path): Promise<string | null> =>
    reasonNotReady({ path: where, minFreeBytes, url, timeoutMs: 200 });

  test('POD-126 a writable volume with room and a ready gateway pass', async () => {
    status = 200;
    assert.equal(await check(1), null);
  });

  test('POD-124 too little room fails and names both sizes', async () => {
    status = 200;
    assert.match((await check(Number.MAX_SAFE_INTEGER)) ?? '', /has \d+ bytes free, expected at least 9007199254740991$/);
  });

  test('POD-126 a path that cannot be written to fails', async () => {
    assert.match((await check(1, join(path, 'absent'))) ?? '', /is not writable \(ENOENT\)$/);
  });

  test('POD-125 the gateway is asked too', async () => {
    status = 503;
    assert.equal(await check(1), 'the gateway answers 503');
  });

  test('a gateway that does not answer fails within the limit', async () => {
    status = 0;
    assert.equal(await check(1), 'the gateway answers ETIMEDOUT');
  });
});
