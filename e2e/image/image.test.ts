/**
 * `npm run e2e:image`: builds the real Dockerfile with podman, buildah and docker, and runs what came out as clusters, kustomize and
 * people run it. What of podman, buildah, runc and mmdebstrap is missing it installs (Debian, as root); docker stays in the cache.
 */
import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { conformance } from '../argocd/conformance.ts';
import { binary } from '../tools/binary.ts';
import { makeBaseImage } from './base-image.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { contents } from './contents.ts';
import { unpack } from './files.ts';
import { kustomizeFunction } from './kustomize-function.ts';
import { licenses } from './licenses.ts';
import { Podman } from './podman.ts';
import { build, CASE, EXPECTED, inputDirectory, onInput, type Subject } from './subject.ts';

const TAG = 'localhost/openclaw-gitops:test';
/** The repo-server's, and one as OpenShift gives it: a number that no file knows, with the group root. */
const USERS = ['999:999', '1000650000:0'];

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
  let subject: Subject;

  before(async () => {
    const podman = new Podman();
    Object.assign(process.env, podman.env);
    makeBaseImage(podman, process.arch === 'arm64' ? 'arm64' : 'amd64');
    const image = await build(podman, TAG);
    const root = join(podman.directory, 'root');
    unpack('podman', TAG, root);
    chmodSync(podman.directory, 0o755);
    subject = { podman, image, root };
  });
  after(() => subject?.podman.remove());

  contents(() => subject);
  billOfMaterials(() => subject);
  licenses(() => subject);

  for (const user of USERS) {
    test(`renders a golden case to the same bytes as ${user}`, () => {
      const { status, stdout, stderr } = onInput(subject, inputDirectory(subject.podman, `render-${user}`), ['render', '/input'], { user });
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
      const { status, stdout, stderr } = onInput(subject, inputDirectory(subject.podman, `generate-${user}`), [], { user, flags });
      assert.equal(status, 0, stderr);
      const objects = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { kind: string });
      assert.equal(objects.length, EXPECTED.split(/^---$/m).length);
      assert.ok(objects.some(({ kind }) => kind === 'StatefulSet'));
    });

    test(`builds a kustomization as ${user}`, () => {
      const file = readdirSync(CASE)[0]!;
      const directory = inputDirectory(subject.podman, `kustomize-${user}`, {
        'kustomization.yaml': `resources: [${file}]\nnamePrefix: built-\n`,
      });
      const { status, stdout, stderr } = onInput(subject, directory, ['render', '/input'], { user });
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^  name: built-/m);
    });
  }

  kustomizeFunction(() => subject);

  test('starts with code that is compiled already', (context) => {
    // A program of which V8 takes what was compiled leaves nothing of its own in Node's directory.
    const script = `const {spawnSync} = require('node:child_process'); const {readdirSync, existsSync} = require('node:fs');
      const times = {}; for (const [name, program] of [['with', '/usr/local/bin/openclaw-gitops'], ['without', '/tmp/copy/openclaw-gitops.cjs']]) {
        if (name === 'without') require('node:fs').cpSync('/opt/openclaw-gitops', '/tmp/copy', {recursive: true, filter: (path) => !path.includes('compiled')});
        times[name] = []; for (let run = 0; run < 9; run += 1) { require('node:fs').rmSync('/tmp/node-compile-cache', {recursive: true, force: true});
          const start = performance.now(); const {status} = spawnSync(process.execPath, [program, 'render', '/input'], {stdio: 'ignore'}); times[name].push(performance.now() - start); if (status !== 0) process.exit(9); }
        times[name].sort((a, b) => a - b); times[name + 'Kept'] = existsSync('/tmp/node-compile-cache') ? readdirSync('/tmp/node-compile-cache', {recursive: true}).filter((file) => file.includes('main-')) : []; }
      console.log(JSON.stringify(times));`;
    const { status, stdout, stderr } = onInput(subject, inputDirectory(subject.podman, 'compiled'), ['-e', script], {
      flags: ['--entrypoint', '/usr/local/bin/node'],
    });
    assert.equal(status, 0, stderr);
    const times = JSON.parse(stdout) as { with: number[]; without: number[]; withKept: string[]; withoutKept: string[] };
    assert.deepEqual([times.withKept.length, times.withoutKept.length], [0, 1]);
    context.diagnostic(`render takes ${times.with[4]!.toFixed(0)} ms with it and ${times.without[4]!.toFixed(0)} ms without, medians of 9`);
  });

  test('ends at once when it is told to, with a caller that says nothing', async () => {
    const waiting = subject.podman.start(TAG, { flags: ['--name', 'waiting'] });
    const ended = new Promise<number | null>((resolve) => waiting.once('exit', resolve));
    await running('waiting');
    const start = performance.now();
    subject.podman.text(['kill', '--signal', 'TERM', 'waiting']);
    assert.equal(await ended, 143);
    assert.ok(performance.now() - start < 5000, `${performance.now() - start} ms`);
  });

  test('leaves it to the first process to reap, and says nothing of it, as in a pod that shares its processes', async () => {
    const first = subject.podman.start(TAG, { flags: ['--name', 'first'] });
    const ended = new Promise((resolve) => first.once('exit', resolve));
    await running('first');
    const flags = ['--pid', 'container:first', '--entrypoint', '["/usr/bin/tini", "--", "/usr/local/bin/node"]'];
    const { stdout, stderr } = subject.podman.run(TAG, { flags, args: ['-e', ORPHAN] });
    subject.podman.text(['kill', '--signal', 'TERM', 'first']);
    await ended;
    assert.equal(stderr, '');
    assert.equal(stdout, 'tini, zombies: 0\n');
  });

  test('says so when there is no such program', () => {
    const entrypoint = ['--entrypoint', '["/usr/bin/tini", "--", "/no/such/program"]'];
    const { status, stderr } = subject.podman.run(TAG, { flags: entrypoint });
    assert.equal(status, 127);
    assert.match(stderr, /FATAL tini .* \/no\/such\/program/);
  });

  async function running(name: string): Promise<void> {
    for (let tries = 0; !subject.podman.text(['ps', '--format', '{{.Names}} {{.Status}}']).includes(`${name} Up`); tries += 1) {
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
    const server = subject.podman.start(TAG, {
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
      assert.equal(subject.podman.text(['exec', 'cmp', '/usr/local/bin/node', '-e', ORPHAN]), 'tini, zombies: 0');
      // Argo CD's server itself does not end on SIGTERM: it waits for its own watchers.
      subject.podman.text(['kill', '--signal', 'KILL', 'cmp']);
      await ended;
    }
  });
});
