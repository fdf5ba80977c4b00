import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Command } from '../../../src/commands/command.ts';
import { lockCommand } from '../../../src/commands/lock/lock.ts';
import { renderCommand } from '../../../src/commands/render.ts';
import { fakeRegistry, type FakeRegistry } from '../../adapters/oci-registry/fake-registry.ts';
import { runCommand, type Ran } from '../run-command.ts';
import { gitEnvironment, makeRepository } from './git-repository.ts';

const FILE = 'bots/openclaw.lock.d/team-packs-writer-v1-4dd66613.yaml';

function bot(skills: readonly string[], spec = ''): string {
  return `apiVersion: openclaw.rocks/v1alpha1
kind: OpenClawInstance
metadata: {name: ada, namespace: agents}
spec: {image: {tag: 2026.9.6}, envFrom: [{secretRef: {name: keys}}], observability: {metrics: {enabled: false}}, skills: ${JSON.stringify(skills)}${spec}}
`;
}

describe('lock of skill packs', () => {
  let root = '';
  let server: FakeRegistry;

  before(async () => {
    server = await fakeRegistry({ auth: 'public' });
    for (const [repository, tag] of [
      ['openclaw/openclaw', '2026.9.6'],
      ['nginx', '1.27-alpine'],
    ] as const)
      server.push(repository, tag, {
        manifests: [{ digest: `sha256:${'d'.repeat(64)}`, platform: { os: 'linux', architecture: 'amd64' } }],
      });
  });
  after(() => server.close());
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lock-packs-'));
    mkdirSync(join(root, 'bots'));
    makeRepository(join(root, 'git'), 'team/packs', [
      { files: { 'writer/SKILL.md': 'Write.\n', 'writer/vendor': { submodule: '1'.repeat(40) } }, refs: ['refs/tags/v1'] },
    ]);
    put('bots/ada.yaml', bot(['pack:team/packs/writer@v1']));
  });

  const put = (path: string, text: string): void => writeFileSync(join(root, path), text);
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const run = (command: Command, ...args: string[]): Promise<Ran> =>
    runCommand(command, [...args, '--registry', server.host], {
      cwd: root,
      env: { ...gitEnvironment(join(root, 'git')), DOCKER_CONFIG: join(root, 'no-docker') },
    });
  const lock = (...args: string[]): Promise<Ran> => run(lockCommand, 'bots', ...args);

  test('vendors the files beside the lock, says what is left out, and rendering places them', async () => {
    const { code, out, err } = await lock();
    assert.equal(code, 0);
    assert.equal(err, 'warning: "pack:team/packs/writer@v1": "vendor" is a submodule; its files are not part of the pack\n');
    assert.match(out, /^\+ packs {2}pack:team\/packs\/writer@v1 {2}\(agents\/ada\)$/m);
    assert.match(
      read('bots/openclaw.lock.yaml'),
      /^packs:\n {2}pack:team\/packs\/writer@v1:\n {4}repository: https:\/\/github\.com\/team\/packs\n/m,
    );
    assert.match(read(FILE), /^ {2}SKILL\.md: \|\n {4}Write\.\n$/m);
    const rendered = await run(renderCommand, 'bots');
    assert.deepEqual([rendered.code, rendered.err], [0, '']);
    assert.match(rendered.out, /^ {2}skills--writer--SKILL\.md: \|/m);
    assert.equal((await run(renderCommand, 'bots/ada.yaml')).out, rendered.out);
    assert.deepEqual(await lock('--check'), { code: 0, out: 'bots/openclaw.lock.yaml: up to date\n', err: '' });
  });

  test('finds files that are not those of the lock, and brings them back', async () => {
    await lock();
    const [file, text] = [read(FILE), read('bots/openclaw.lock.yaml')];
    for (const spoil of [() => put(FILE, file.replace('Write.', 'Steal.')), () => rmSync(join(root, FILE))]) {
      spoil();
      assert.equal((await run(renderCommand, 'bots')).code, 1);
      assert.match((await lock('--check')).out, /^~ packs {2}pack:team\/packs\/writer@v1/);
      assert.equal((await lock()).code, 0);
      assert.deepEqual([read(FILE), read('bots/openclaw.lock.yaml')], [file, text]);
    }
  });

  test('keeps what is locked when its repository is gone, and fails', async () => {
    await lock();
    const text = read('bots/openclaw.lock.yaml');
    rmSync(join(root, 'git'), { recursive: true });
    rmSync(join(root, FILE));
    const { code, err } = await lock();
    assert.equal(code, 1);
    assert.match(
      err,
      /^error: "pack:team\/packs\/writer@v1", which agents\/ada uses, cannot be locked: https:\/\/github\.com\/team\/packs: /m,
    );
    assert.equal(read('bots/openclaw.lock.yaml'), text);
  });

  test('follows a tag that moved only when asked, and removes what is no longer used', async () => {
    await lock();
    const first = read('bots/openclaw.lock.yaml');
    rmSync(join(root, 'git'), { recursive: true });
    makeRepository(join(root, 'git'), 'team/packs', [{ files: { 'writer/SKILL.md': 'Write more.\n' }, refs: ['refs/tags/v1'] }]);
    assert.match((await lock()).out, /up to date/);
    assert.match((await lock('--check', '--update')).out, /^~ packs/m);
    assert.equal(read('bots/openclaw.lock.yaml'), first);
    assert.match((await lock('--update')).out, /^~ packs/m);
    assert.match(read(FILE), /Write more/);
    put('bots/ada.yaml', bot([], ', workspace: {additionalWorkspaces: [{name: a, skills: ["pack:team/packs/writer"]}]}'));
    const { out } = await lock();
    assert.match(out, /^\+ packs {2}pack:team\/packs\/writer {2}/m);
    assert.match(out, /^- packs {2}pack:team\/packs\/writer@v1$/m);
    assert.deepEqual(readdirSync(join(root, 'bots/openclaw.lock.d')), ['team-packs-writer-8837974f.yaml']);
    put('bots/ada.yaml', bot([]));
    await lock();
    assert.equal(existsSync(join(root, 'bots/openclaw.lock.d')), false);
  });

  test('knows the files beside a kustomization, which may list them or not', async () => {
    put('bots/kustomization.yaml', 'resources: [ada.yaml]\n');
    const kustomize = join(root, 'kustomize');
    writeFileSync(kustomize, `#!/bin/sh\nexec cat "$2/ada.yaml"\n`, { mode: 0o755 });
    assert.equal((await lock('--kustomize', kustomize)).code, 0);
    assert.match((await lock('--check', '--kustomize', kustomize)).out, /up to date/);
    const rendered = await run(renderCommand, 'bots', '--kustomize', kustomize);
    assert.deepEqual([rendered.code, rendered.err], [0, '']);
    writeFileSync(
      kustomize,
      `#!/bin/sh\ncd "$2"; for file in ada.yaml openclaw.lock.yaml openclaw.lock.d/*; do cat "$file"; echo ---; done\n`,
    );
    assert.equal((await run(renderCommand, 'bots', '--kustomize', kustomize)).out, rendered.out);
  });
});
