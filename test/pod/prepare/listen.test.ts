import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { canListenOnIpv6, listenLines } from '../../../src/pod/prepare/listen.ts';
import { planFor, runPrepare } from '../support/run-prepare.ts';
import { makeVolume, scratch, testFileSystem, treeOf } from '../support/volume.ts';

test('one include per port, readable by nginx’s user, IPv6 only where the pod has it', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  const directory = join(volume, '.listen');
  const plan = planFor(volume, { listen: { directory, ports: [18780, 18781] } });
  await runPrepare(plan, testFileSystem, true);
  assert.deepEqual(await treeOf(directory), [
    '. 755 own /',
    'listen-18780.conf 644 own "listen 0.0.0.0:18780;\\nlisten [::]:18780 ipv6only=on;\\n"',
    'listen-18781.conf 644 own "listen 0.0.0.0:18781;\\nlisten [::]:18781 ipv6only=on;\\n"',
  ]);
  await runPrepare(plan, testFileSystem, false);
  assert.equal(await readFile(join(directory, 'listen-18780.conf'), 'utf8'), listenLines(18780, false));
  assert.equal(listenLines(18780, false), 'listen 0.0.0.0:18780;\n');
});

test('whether IPv6 works is what listening on it says', async () => {
  const works = await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(0, '::', () => server.close(() => resolve(true)));
  });
  assert.equal(await canListenOnIpv6(), works);
});
