/**
 * `npm run e2e:image`: builds the real Dockerfile twice with podman and runs what came out as clusters, kustomize and people run it.
 * Without podman, runc and mmdebstrap it installs them (Debian, as root).
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Ajv } from 'ajv';
import { buildImage, type Image } from '../../scripts/image/build-image.ts';
import { engine } from '../../scripts/image/engine.ts';
import { GOLDEN } from '../../test/golden/golden-case.ts';
import { conformance } from '../argocd/conformance.ts';
import { binary } from '../tools/binary.ts';
import { makeBaseImage } from './base-image.ts';
import { Podman, type Ran } from './podman.ts';

const BASE = 'docker.io/library/node:24-bookworm-slim';
const TAG = 'localhost/openclaw-gitops:test';
const CASE = 'guide-production';
/** By the program of this checkout, which the golden cases judge. */
const EXPECTED = execFileSync(
  process.execPath,
  [join(import.meta.dirname, '../../dist/openclaw-gitops.cjs'), 'render', join(GOLDEN, CASE, 'input')],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
);
/** The repo-server's, and one as OpenShift gives it: a number that no file knows, with the group root. */
const USERS = ['999:999', '1000650000:0'];
const MODULES = createRequire(import.meta.url);

/** Leaves a process without a parent, which the first process has to reap, and tells whether it did. */
const ORPHAN = `
  const { spawn } = require('node:child_process');
  const { readdirSync, readFileSync } = require('node:fs');
  const parent = "require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 300)'], { detached: true, stdio: 'ignore' }).unref()";
  const state = (pid) => { try { return readFileSync('/proc/' + pid + '/stat', 'utf8').replace(/.*[)] /, '')[0]; } catch { return ''; } };
  spawn(process.execPath, ['-e', parent], { stdio: 'ignore' }).on('exit', () => setTimeout(() => {
    const zombies = readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name) && state(name) === 'Z');
    console.log(readFileSync('/proc/1/comm', 'utf8').trim() + ', zombies: ' + zombies.length);
  }, 2000));`;

describe('the image', () => {
  let podman: Podman;
  let image: Image;
  /** Root directory of the image on this machine. */
  let root = '';

  before(async () => {
    podman = new Podman();
    Object.assign(process.env, podman.env);
    makeBaseImage(podman, BASE);
    image = await built(TAG);
    root = join(podman.directory, 'root');
    mkdirSync(root);
    const container = podman.text(['create', '--network', 'none', TAG]);
    const archive = join(podman.directory, 'image.tar');
    podman.text(['export', '--output', archive, container]);
    podman.text(['rm', container]);
    execFileSync('tar', ['--extract', '--same-permissions', '--file', archive, '--directory', root]);
    chmodSync(podman.directory, 0o755);
  });
  after(() => podman.remove());

  function built(tag: string): Promise<Image> {
    return buildImage({
      engine: engine('podman'),
      tag,
      // What is not here is asked of nobody, and every step is made anew.
      options: ['--pull=never', '--isolation', 'chroot', '--network', 'host', '--no-cache'],
      directory: join(podman.directory, tag.replaceAll(/\W/g, '-')),
    });
  }

  /** With a directory of this machine at /input, read-only. */
  function onInput(directory: string, args: readonly string[], more: { user?: string; flags?: readonly string[] } = {}): Ran {
    const flags = ['--volume', `${directory}:/input:ro`, ...(more.flags ?? [])];
    return podman.run(TAG, { ...(more.user === undefined ? {} : { user: more.user }), flags, args });
  }

  function copied(name: string, files: Readonly<Record<string, string>> = {}): string {
    // A colon would end the path of a volume.
    const directory = join(podman.directory, name.replaceAll(':', '-'));
    cpSync(join(GOLDEN, CASE, 'input'), directory, { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(directory, file), text);
    execFileSync('chmod', ['--recursive', 'a+rX', directory]);
    return directory;
  }

  test('is the same twice, and says what it is', async (context) => {
    const again = await built('localhost/openclaw-gitops:again');
    assert.match(image.digest, /^sha256:[0-9a-f]{64}$/);
    assert.equal(again.digest, image.digest);
    assert.equal(readFileSync(again.sbom, 'utf8').replaceAll('again', 'test'), readFileSync(image.sbom, 'utf8'));
    const [found] = JSON.parse(podman.text(['image', 'inspect', TAG])) as {
      Size: number;
      User: string;
      Config: { Labels: Record<string, string>; Env: string[]; Entrypoint: string[] };
    }[];
    assert.equal(found?.User, '999:999');
    const { version } = MODULES('../../package.json') as { version: string };
    const label = (name: string): string | undefined => found.Config.Labels[`org.opencontainers.image.${name}`];
    assert.deepEqual([label('title'), label('version'), label('licenses')], ['openclaw-gitops', version, 'Apache-2.0']);
    assert.ok(label('description'));
    assert.ok(found.Config.Env.includes('HOME=/tmp'));
    assert.deepEqual(found.Config.Entrypoint.slice(0, 2), ['/usr/bin/tini', '--']);
    context.diagnostic(`${(found.Size / 1e6).toFixed(1)} MB unpacked, ${image.digest}`);
  });

  test('has a bill of materials that its schema accepts, with everything that is in it', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const schema = (name: string): object =>
      JSON.parse(
        readFileSync(
          join(MODULES.resolve('@cyclonedx/cyclonedx-library/package.json'), `../res/schema/${name}.SNAPSHOT.schema.json`),
          'utf8',
        ),
      ) as object;
    for (const name of ['spdx', 'jsf-0.82'])
      ajv.addSchema({ ...schema(name), $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json` });
    const validate = ajv.compile(schema('bom-1.6'));
    const bill = JSON.parse(readFileSync(image.sbom, 'utf8')) as { components: { name: string; purl?: string }[] };
    assert.ok(validate(bill), JSON.stringify(validate.errors));
    assert.ok(!validate({ ...bill, components: [{ name: 'a' }] }), 'the schema accepts anything');
    const packages = readdirSync(join(root, 'var/lib/dpkg/status.d'));
    const names = bill.components.map(({ name }) => name);
    for (const name of [...packages, 'node', 'sigs.k8s.io/kustomize/kustomize/v5', 'yaml', 'json5', 'openclaw-gitops'])
      assert.ok(names.includes(name), name);
    assert.ok(packages.length >= 5);
  });

  test('has no shell, no setuid file, nothing that everyone may write but /tmp, and no secret', () => {
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) =>
      join(entry.parentPath, entry.name).slice(root.length),
    );
    for (const path of [
      '/bin/sh',
      '/bin/bash',
      '/bin/dash',
      '/usr/bin/env',
      '/usr/bin/apt-get',
      '/usr/bin/dpkg',
      '/usr/bin/git',
      '/usr/bin/perl',
    ])
      assert.ok(!files.includes(path) && !existsSync(join(root, path)), path);
    const found = (...expression: readonly string[]): string =>
      execFileSync('find', [root, ...expression], { encoding: 'utf8' })
        .trim()
        .replaceAll(root, '');
    assert.equal(found('(', '-perm', '-4000', '-o', '-perm', '-2000', ')'), '');
    assert.equal(found('!', '-type', 'l', '-perm', '-0002'), '/tmp');
    // Any number of user reads and runs everything, and owns nothing.
    assert.equal(found('!', '-type', 'l', '!', '-perm', '-0004', '!', '-path', '/proc/*'), '');
    assert.equal(found('(', '!', '-uid', '0', '-o', '!', '-gid', '0', ')'), '');
    assert.deepEqual(
      files.filter((path) => /(^|\/)(\.npmrc|\.netrc|\.git|\.docker|shadow-?|id_\w+|[^/]*\.key)$/.test(path)),
      [],
    );
    // The first lines of PEM keys as they stand in files; programs have them as words to look for, without a line after them.
    const keys = spawnSync('grep', [
      '--recursive',
      '--files-with-matches',
      '--extended-regexp',
      '^-----BEGIN [A-Z ]*PRIVATE KEY-----$',
      root,
      '--include=*.pem',
      '--include=*.crt',
      '--include=*.yaml',
    ]);
    assert.equal(keys.stdout.toString(), '');
  });

  for (const user of USERS) {
    test(`renders a golden case to the same bytes as ${user}`, () => {
      const { status, stdout, stderr } = onInput(copied(`render-${user}`), ['render', '/input'], { user });
      assert.equal(status, 0, stderr);
      assert.equal(stdout, EXPECTED);
    });

    test(`answers Argo CD's plugin server as ${user}`, () => {
      const flags = [
        '--workdir',
        '/input',
        '--env',
        'ARGOCD_APP_NAME=a',
        '--env',
        'ARGOCD_APP_NAMESPACE=openclaw',
        '--env',
        'KUBE_VERSION=1.36.0',
        '--entrypoint',
        '["/usr/local/bin/openclaw-gitops", "argocd-generate"]',
      ];
      const { status, stdout, stderr } = onInput(copied(`generate-${user}`), [], { user, flags });
      assert.equal(status, 0, stderr);
      const objects = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { kind: string });
      assert.equal(objects.length, EXPECTED.split(/^---$/m).length);
      assert.ok(objects.some(({ kind }) => kind === 'StatefulSet'));
    });

    test(`builds a kustomization as ${user}`, () => {
      const file = readdirSync(join(GOLDEN, CASE, 'input'))[0]!;
      const directory = copied(`kustomize-${user}`, { 'kustomization.yaml': `resources: [${file}]\nnamePrefix: built-\n` });
      const { status, stdout, stderr } = onInput(directory, ['render', '/input'], { user });
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^  name: built-/m);
    });
  }

  test("is kustomize's function with the flags that kustomize gives", () => {
    const text = readFileSync(join(GOLDEN, 'minimal/input/bot.yaml'), 'utf8');
    const list = `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n-\n${text.replace(/^/gm, '  ')}\n`;
    const flags = ['--env', 'LOG_TO_STDERR=true', '--env', 'STRUCTURED_RESULTS=true'];
    const { status, stdout, stderr } = podman.runAs(TAG, { user: 'nobody', input: list, flags });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /kind: ResourceList/);
    assert.match(stdout, /kind: StatefulSet/);
  });

  test('starts with code that is compiled already', (context) => {
    // A program of which V8 takes what was compiled leaves nothing of its own in Node's directory.
    const script = `const {spawnSync} = require('node:child_process'); const {readdirSync, existsSync} = require('node:fs');
      const times = {}; for (const [name, program] of [['with', '/usr/local/bin/openclaw-gitops'], ['without', '/tmp/copy/openclaw-gitops.cjs']]) {
        if (name === 'without') require('node:fs').cpSync('/opt/openclaw-gitops', '/tmp/copy', {recursive: true, filter: (path) => !path.includes('compiled')});
        times[name] = []; for (let run = 0; run < 9; run += 1) { require('node:fs').rmSync('/tmp/node-compile-cache', {recursive: true, force: true});
          const start = performance.now(); const {status} = spawnSync(process.execPath, [program, 'render', '/input'], {stdio: 'ignore'}); times[name].push(performance.now() - start); if (status !== 0) process.exit(9); }
        times[name].sort((a, b) => a - b); times[name + 'Kept'] = existsSync('/tmp/node-compile-cache') ? readdirSync('/tmp/node-compile-cache', {recursive: true}).filter((file) => file.includes('main-')) : []; }
      console.log(JSON.stringify(times));`;
    const { status, stdout, stderr } = onInput(copied('compiled'), ['-e', script], { flags: ['--entrypoint', '/usr/local/bin/node'] });
    assert.equal(status, 0, stderr);
    const times = JSON.parse(stdout) as { with: number[]; without: number[]; withKept: string[]; withoutKept: string[] };
    assert.deepEqual([times.withKept.length, times.withoutKept.length], [0, 1]);
    context.diagnostic(`render takes ${times.with[4]!.toFixed(0)} ms with it and ${times.without[4]!.toFixed(0)} ms without, medians of 9`);
  });

  test('ends at once when it is told to, with a caller that says nothing', async () => {
    const waiting = podman.start(TAG, { flags: ['--name', 'waiting'] });
    const ended = new Promise<number | null>((resolve) => waiting.once('exit', resolve));
    await running('waiting');
    const start = performance.now();
    podman.text(['kill', '--signal', 'TERM', 'waiting']);
    assert.equal(await ended, 143);
    assert.ok(performance.now() - start < 5000, `${performance.now() - start} ms`);
  });

  async function running(name: string): Promise<void> {
    for (let tries = 0; !podman.text(['ps', '--format', '{{.Names}} {{.Status}}']).includes(`${name} Up`); tries += 1) {
      assert.ok(tries < 100, `${name} does not start`);
      await wait(100);
    }
    // Until its handlers are there.
    await wait(500);
  }

  conformance("Argo CD's plugin server in the image, under tini", async (directory) => {
    chmodSync(directory, 0o755);
    for (const name of ['bin', 'plugins', 'work']) {
      mkdirSync(join(directory, name));
      chmodSync(join(directory, name), 0o777);
    }
    cpSync(await binary('argocd-cmp-server'), join(directory, 'bin/argocd-cmp-server'));
    const mounted = { bin: '/var/run/argocd', plugins: '/home/argocd/cmp-server/plugins', work: '/work' };
    const volumes = Object.entries(mounted).flatMap(([name, path]) => ['--volume', `${join(directory, name)}:${path}`]);
    const command = ['/usr/bin/tini', '--', '/var/run/argocd/argocd-cmp-server'];
    const server = podman.start(TAG, {
      flags: ['--name', 'cmp', '--env', 'ARGOCD_CMP_WORKDIR=/work', ...volumes, '--entrypoint', JSON.stringify(command)],
    });
    let log = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-10_000);
    });
    server.stdout?.resume();
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    const socket = join(directory, 'plugins/openclaw-v1.sock');
    for (let tries = 0; !existsSync(socket); tries += 1) {
      assert.ok(tries < 300 && server.exitCode === null, log);
      await wait(100);
    }
    return { socket, workDirectory: join(directory, 'work'), stop };

    async function stop(): Promise<void> {
      assert.equal(podman.text(['exec', 'cmp', '/usr/local/bin/node', '-e', ORPHAN]), 'tini, zombies: 0');
      // Argo CD's server itself does not end on SIGTERM: it waits for its own watchers.
      podman.text(['kill', '--signal', 'KILL', 'cmp']);
      await ended;
    }
  });
});
