/** What is in the image: the same files from every builder, and nothing that helps an intruder. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { provenance } from '../../scripts/image/provenance.ts';
import { BASE } from './base-image.ts';
import { withDocker } from './docker.ts';
import { described, unpack } from './files.ts';
import { build, type Subject } from './subject.ts';

const ROOT = join(import.meta.dirname, '../..');
const MODULES = createRequire(import.meta.url);

export function contents(subject: () => Subject): void {
  test('is the same twice, and says what it is', async (context) => {
    const { podman, image } = subject();
    const again = await build(podman, 'localhost/openclaw-gitops:again');
    assert.match(image.digest, /^sha256:[0-9a-f]{64}$/);
    assert.equal(again.digest, image.digest);
    assert.equal(readFileSync(again.sbom, 'utf8').replaceAll('again', 'test'), readFileSync(image.sbom, 'utf8'));
    const [found] = JSON.parse(podman.text(['image', 'inspect', image.tag])) as {
      User: string;
      Config: { Labels: Record<string, string>; Env: string[]; Entrypoint: string[] };
    }[];
    assert.equal(found?.User, '999:999');
    const { version } = MODULES('../../package.json') as { version: string };
    const label = (name: string): string | undefined => found.Config.Labels[`org.opencontainers.image.${name}`];
    assert.deepEqual([label('title'), label('version'), label('licenses')], ['openclaw-gitops', version, 'Apache-2.0']);
    assert.ok(label('description'));
    const { revision, source } = provenance(ROOT, {});
    assert.deepEqual([label('revision'), label('source')], [revision, source]);
    assert.ok(!Object.values(found.Config.Labels).includes(''));
    assert.ok(found.Config.Env.includes('HOME=/tmp'));
    assert.deepEqual(found.Config.Entrypoint.slice(0, 2), ['/usr/bin/tini', '--']);
    context.diagnostic(image.digest);
  });

  test('is as large as the README says', (context) => {
    const { podman, image } = subject();
    const layout = join(podman.directory, 'layout');
    podman.text(['push', '--quiet', image.tag, `oci:${layout}`]);
    const blobs = join(layout, 'blobs/sha256');
    const compressed = readdirSync(blobs).reduce((sum, name) => sum + statSync(join(blobs, name)).size, 0);
    const unpacked = Number(podman.text(['image', 'inspect', '--format', '{{.Size}}', image.tag]));
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const [, pulled = '', kept = ''] =
      /(\d+) MB are pulled, which are (\d+) MB on the disk of a node/.exec(readme.replaceAll(/\s+/g, ' ')) ?? [];
    context.diagnostic(`${(compressed / 1e6).toFixed(1)} MB compressed, ${(unpacked / 1e6).toFixed(1)} MB unpacked`);
    // Releases of Node and of Debian's packages differ by less.
    for (const [said, measured] of [
      [pulled, compressed],
      [kept, unpacked],
    ] as const)
      assert.ok(Math.abs(measured / 1e6 / Number(said) - 1) < 0.03, `${said} MB in the README, and ${measured / 1e6} MB here`);
  });

  test('is the same when buildah builds it', async () => {
    const { podman, image } = subject();
    assert.equal((await build(podman, 'localhost/openclaw-gitops:buildah', { by: 'buildah' })).digest, image.digest);
  });

  test('has the same files, users, modes and settings when docker builds it', async () => {
    const { podman, image, root } = subject();
    const tag = 'localhost/openclaw-gitops:docker';
    const files = join(podman.directory, 'docker-files');
    await withDocker(join(podman.directory, 'docker'), async () => {
      const archive = join(podman.directory, 'base.tar');
      podman.text(['save', '--quiet', '--output', archive, BASE]);
      execFileSync('docker', ['load', '--quiet', '--input', archive], { stdio: ['ignore', 'ignore', 2] });
      const { digest, sbom } = await build(podman, tag, { by: 'docker', options: ['--network', 'host', '--no-cache'] });
      assert.match(digest, /^sha256:[0-9a-f]{64}$/);
      // It has no digest that a registry would know it by.
      const bill = JSON.parse(readFileSync(sbom, 'utf8')) as { metadata: { component: { version: string; purl: string } } };
      assert.equal(bill.metadata.component.version, digest);
      assert.match(bill.metadata.component.purl, /^pkg:oci\/openclaw-gitops\?/);
      unpack('docker', tag, files);
      assert.deepEqual(settings('docker', tag), settings('podman', image.tag));
    });
    assert.ok(described(root).length > 50);
    assert.deepEqual(described(files), described(root));
  });

  test('has no shell, no setuid file, nothing that everyone may write but /tmp, and no secret', () => {
    const { root } = subject();
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
}

function settings(command: 'docker' | 'podman', tag: string): unknown {
  const text = execFileSync(command, ['image', 'inspect', tag], { encoding: 'utf8' });
  const [found] = JSON.parse(text) as { Config: Record<string, unknown> & { Labels: Record<string, string> } }[];
  const labels = Object.keys(found?.Config.Labels ?? {}).filter((name) => name.startsWith('org.opencontainers.'));
  const described = labels.toSorted().map((name) => [name, found?.Config.Labels[name]]);
  return [...['User', 'Env', 'Entrypoint', 'Cmd', 'WorkingDir'].map((name) => [name, found?.Config[name]]), ...described];
}
