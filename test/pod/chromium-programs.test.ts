/** The programs beside the browser as a pod runs them: bundled, in a process of their own, as the pod's user. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, test } from 'node:test';
import { isRoot } from './support/pod-user.ts';
import { runProgram, writePrograms, type Ended } from './support/run-program.ts';
import { selfSignedCertificate } from './support/self-signed-certificate.ts';
import { fill, giveAway, scratch, treeOf } from './support/volume.ts';

let programs: string;

before(async () => {
  programs = await mkdtemp(join(tmpdir(), 'openclaw-gitops-programs-'));
  await chmod(programs, 0o755);
  await writePrograms(programs);
});

after(() => rm(programs, { recursive: true }));

function run(program: string, ...args: readonly string[]): Promise<Ended> {
  return runProgram([join(programs, program), ...args]);
}

describe('adopt-profile', () => {
  test('POD-165 opens to the group what belongs to its user, once', async (t) => {
    const directory = await scratch(t);
    await fill(directory, {
      Default: { mode: 0o700 },
      'Default/Cookies': { text: 'c', mode: 0o600 },
      'Default/sealed': { text: 's', mode: 0o400 },
      'Default/link': { link: '/etc/passwd' },
      shared: { text: 'x', mode: 0o664 },
      tool: { text: 'x', mode: 0o755 },
    });
    await chmod(directory, 0o2770);
    const first = await run('adopt-profile.mjs', directory);
    assert.deepEqual({ code: first.code, stderr: first.stderr }, { code: 0, stderr: '' });
    assert.equal(first.stdout, 'adopt-profile: opened 4 files and directories to the group\n');
    assert.deepEqual(
      (await treeOf(directory)).map((line) => line.split(' ', 2).join(' ')),
      ['. 2770', 'Default 770', 'Default/Cookies 660', 'Default/link ', 'Default/sealed 440', 'shared 664', 'tool 775'],
    );
    assert.deepEqual(await run('adopt-profile.mjs', directory), { code: 0, signal: null, stdout: '', stderr: '' });
  });

  // Only root gives files away.
  if (isRoot()) {
    test('leaves alone what belongs to others', async (t) => {
      const directory = await scratch(t);
      await chmod(directory, 0o2770);
      await fill(directory, { 'theirs/x': { text: 'x', mode: 0o600 }, 'roots/x': { text: 'x', mode: 0o600 } });
      await giveAway(join(directory, 'theirs'), 1001, { deep: true });
      await giveAway(join(directory, 'roots'), 0, { deep: true });
      for (const name of ['theirs', 'roots']) await chmod(join(directory, name), 0o700);
      const { code, stdout, stderr } = await run('adopt-profile.mjs', directory);
      assert.deepEqual({ code, stdout }, { code: 0, stdout: '' });
      assert.match(stderr, /^adopt-profile: warning: cannot look into "[^"]*theirs", which belongs to another user\n$/);
    });
  }

  test('wants one directory', async () => {
    const { code, stderr } = await run('adopt-profile.mjs');
    assert.deepEqual({ code, stderr }, { code: 2, stderr: 'adopt-profile: error: found 0 arguments, expected 1: a directory\n' });
  });
});

describe('await-browser', () => {
  let server: Server;
  let url = '';
  let answers: readonly (readonly [status: number, body: string])[] = [];
  let asked = 0;

  before(async () => {
    server = createServer((_request, response) => {
      const [status, body] = answers[Math.min(asked, answers.length - 1)] ?? [404, ''];
      asked += 1;
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/json/version`;
  });
  after(() => server.close());

  const browser = [200, '{"Browser":"HeadlessChrome/150.0"}'] as const;

  test('returns once the browser tells its version', async () => {
    answers = [[500, '{}'], [200, 'not yet'], browser];
    asked = 0;
    const { code, stdout, stderr } = await run('await-browser.mjs', url, '20', 'chromium');
    assert.deepEqual({ code, stderr, asked }, { code: 0, stderr: '', asked: 3 });
    assert.equal(stdout, 'await-browser: HeadlessChrome/150.0 answers\n');
  });

  test('says what it found when time is up', async () => {
    answers = [[200, '{"version":1}']];
    const { code, stderr } = await run('await-browser.mjs', url, '0', 'chromium');
    assert.equal(code, 1);
    assert.equal(
      stderr,
      `await-browser: error: no browser answers at ${url}: it is something else than a browser, after 0 s\n  hint: see the log of the container chromium\n`,
    );
  });

  test('says that nothing listens', async () => {
    const { code, stderr } = await run('await-browser.mjs', 'http://127.0.0.1:9/json/version', '0', 'chromium');
    assert.equal(code, 1);
    assert.match(stderr, /ECONNREFUSED|bad port/);
  });
});

describe('trust-certificates', () => {
  test('puts each certificate and the trust in it into a new store', async (t) => {
    const directory = await scratch(t);
    const [one, two] = [selfSignedCertificate().cert, selfSignedCertificate().cert];
    await writeFile(join(directory, 'bundle.pem'), `# ours\n${one}some text\n${two}${one}`);
    const store = join(directory, '.pki/nssdb');
    for (const _ of ['new', 'again']) {
      const { code, stdout, stderr } = await run('trust-certificates.mjs', join(directory, 'bundle.pem'), store);
      assert.deepEqual(
        { code, stdout, stderr: stderr.replaceAll(/\(node:\d+\) ExperimentalWarning.*\n\(Use.*\n/g, '') },
        { code: 0, stdout: 'trust-certificates: 2 certificates of the CA bundle are trusted\n', stderr: '' },
      );
    }
    const database = new DatabaseSync(join(store, 'cert9.db'), { readOnly: true });
    const rows = database
      .prepare('SELECT hex(a0) AS kind, a11 AS value, a81 AS issuer, a82 AS serial, hex(ace536358) AS trust FROM nssPublic')
      .all();
    database.close();
    const certificates = [one, two].map((pem) => new X509Certificate(pem));
    assert.deepEqual(
      rows.map(({ kind, trust }) => [kind, trust]),
      certificates.flatMap(() => [
        ['00000001', ''],
        ['CE534353', 'CE534352'],
      ]),
    );
    certificates.forEach((certificate, index) => {
      const pair = rows.slice(index * 2, index * 2 + 2);
      assert.deepEqual(Buffer.from(pair[0]?.['value'] as Uint8Array), certificate.raw);
      for (const { issuer, serial } of pair) {
        assert.ok(certificate.raw.includes(Buffer.from(issuer as Uint8Array)));
        // Behind one byte of tag and one of length.
        assert.equal(
          Buffer.from(serial as Uint8Array)
            .subarray(2)
            .toString('hex')
            .toUpperCase(),
          certificate.serialNumber,
        );
      }
    });
  });

  test('stops at a bundle without certificates, and at one that is cut', async (t) => {
    const directory = await scratch(t);
    const bundle = join(directory, 'bundle.pem');
    await writeFile(bundle, 'key: value\n');
    const empty = await run('trust-certificates.mjs', bundle, join(directory, 'store'));
    assert.equal(empty.code, 1);
    assert.match(empty.stderr, /^trust-certificates: error: the CA bundle has no certificate\n {2}hint: /);
    await writeFile(bundle, `${selfSignedCertificate().cert}-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n`);
    const cut = await run('trust-certificates.mjs', bundle, join(directory, 'store'));
    assert.equal(cut.code, 1);
    assert.match(cut.stderr, /^trust-certificates: error: certificate 2 of the CA bundle cannot be read\n/);
    const absent = await run('trust-certificates.mjs', join(directory, 'absent.pem'), join(directory, 'store'));
    assert.equal(absent.code, 1);
    assert.match(absent.stderr, /^trust-certificates: error: the CA bundle cannot be read \(ENOENT\)\n/);
  });
});
