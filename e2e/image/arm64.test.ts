/** Part of `npm run e2e:image`: the image for arm64 is built, and renders the same bytes; QEMU runs it where the processor does not. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Image } from '../../scripts/image/build-image.ts';
import { makeBaseImage } from './base-image.ts';
import { arm64Obstacle, emulateArm64 } from './emulator.ts';
import { reportGap } from '../tools/gaps.ts';
import { unpack } from './files.ts';
import { Podman } from './podman.ts';
import { build, CASE, EXPECTED, inputDirectory, onInput, resourceList } from './subject.ts';

/** Processors that differ in what they can do: one of 2012, one of servers, and all that QEMU knows. */
const PROCESSORS = ['cortex-a53', 'neoverse-n1', 'max'];

/** Whether V8 takes what was compiled for each command, and for what it was. */
const COMPILED = `
  const { readdirSync, readFileSync } = require('node:fs'), { Script } = require('node:vm'), directory = '/opt/openclaw-gitops';
  const filename = directory + '/' + readdirSync(directory).find((name) => name.startsWith('main-'));
  for (const name of readdirSync(directory + '/compiled')) {
    const script = new Script(readFileSync(filename, 'utf8'), { filename, cachedData: readFileSync(directory + '/compiled/' + name) });
    console.log(process.arch, name.replace(/.*cjs-/, ''), script.cachedDataRejected);
  }`;

const obstacle = arm64Obstacle();
if (obstacle !== undefined) reportGap('arm64', 'the image for arm64', obstacle);

describe('the image for arm64', { skip: obstacle ?? false }, () => {
  let podman: Podman;
  let image: Image;
  let endEmulation = (): void => {};

  before(async () => {
    endEmulation = await emulateArm64();
    podman = new Podman();
    Object.assign(process.env, podman.env);
    makeBaseImage(podman, 'arm64');
    image = await build(podman, 'localhost/openclaw-gitops:arm64', { architecture: 'arm64' });
  });
  after(() => {
    podman?.remove();
    endEmulation();
  });

  test('renders a golden case to the bytes of this machine', () => {
    const { status, stdout, stderr } = onInput({ podman, image }, inputDirectory(podman, 'render'), ['render', '/input']);
    assert.equal(status, 0, stderr);
    assert.equal(stdout, EXPECTED);
  });

  test('builds a kustomization with a kustomize of its own', () => {
    const directory = inputDirectory(podman, 'kustomize', {
      'kustomization.yaml': `resources: [${readdirSync(CASE)[0]}]\nnamePrefix: built-\n`,
    });
    const { status, stdout, stderr } = onInput({ podman, image }, directory, ['render', '/input']);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^  name: built-/m);
  });

  test('is a function of kustomize', () => {
    const { status, stdout, stderr } = podman.run(image.tag, { user: 'nobody', input: resourceList() });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /kind: StatefulSet/);
  });

  for (const processor of PROCESSORS)
    test(`brings compiled code that V8 takes on ${processor}`, () => {
      const flags = ['--env', `QEMU_CPU=${processor}`, '--entrypoint', '/usr/local/bin/node'];
      const { status, stdout, stderr } = podman.run(image.tag, { flags, args: ['-e', COMPILED] });
      assert.equal(status, 0, stderr);
      const expected = ['argocd-generate', 'krm', 'render', 'validate'].map((command) => `arm64 ${command} false`);
      assert.deepEqual(stdout.trim().split('\n'), expected);
    });

  test('is for arm64 in every file that is for a processor, and says so', () => {
    assert.equal(podman.text(['image', 'inspect', '--format', '{{.Architecture}}', image.tag]), 'arm64');
    const root = join(podman.directory, 'root');
    unpack('podman', image.tag, root);
    const programs = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
      .filter((bytes) => bytes.subarray(0, 4).equals(Buffer.from('\x7fELF')));
    assert.ok(programs.length > 10);
    // The processor's number among ELF programs.
    for (const bytes of programs) assert.equal(bytes.readUInt16LE(18), 0xb7);
    const bill = readFileSync(image.sbom, 'utf8');
    assert.ok(!bill.includes('amd64'));
    assert.match(bill, /arch=arm64/);
  });
});
