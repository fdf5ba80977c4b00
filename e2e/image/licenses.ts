/** The image hands on the licences of everything that others wrote. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Subject } from './subject.ts';

/** Below /usr/share/doc, by what its package URL begins with. */
const PLACES: readonly (readonly [prefix: string, place: (name: string, version: string) => string])[] = [
  ['pkg:deb/', (name) => name],
  ['pkg:generic/', (name) => name],
  ['pkg:golang/stdlib@', (_, version) => `kustomize/go@${version}`],
  ['pkg:golang/', (name, version) => `kustomize/${name}@${version}`],
  ['pkg:npm/', (name, version) => `openclaw-gitops/${name}@${version}`],
];

export function licenses(subject: () => Subject): void {
  test('hands on a licence of everything in its bill of materials', () => {
    const { image, root } = subject();
    const bill = JSON.parse(readFileSync(image.sbom, 'utf8')) as { components: { name: string; version: string; purl?: string }[] };
    for (const { name, version, purl } of bill.components) {
      if (purl === undefined) continue;
      const place = PLACES.find(([prefix]) => purl.startsWith(prefix))?.[1](name, version);
      assert.ok(place, purl);
      const directory = join(root, 'usr/share/doc', place);
      // A package of Debian may have a link for its directory: it ends in the image, not on this machine.
      const files = existsSync(directory) ? readdirSync(directory).filter((file) => /licen[cs]e|copyright/i.test(file)) : [];
      assert.ok(files.length > 0, `${place} has no licence`);
      for (const file of files) assert.ok(statSync(join(directory, file)).size > 200, `${place}/${file}`);
    }
  });

  test('has what those of Debian refer to, and no link that leads nowhere', () => {
    const { root } = subject();
    const texts = globSync('usr/share/doc/*/copyright', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'));
    const references = texts.flatMap((text) => [...text.matchAll(/\/usr\/share\/common-licenses\/[\w.-]*\w/g)].map(String));
    assert.ok(references.length > 5);
    for (const path of references) assert.ok(existsSync(join(root, path)), path);
    const dangling = execFileSync('chroot', [root, '/usr/local/bin/node', '-e', DANGLING], { encoding: 'utf8' });
    assert.equal(dangling, '');
  });
}

/** From inside, where an absolute link is one of the image. */
const DANGLING = `
  const { existsSync, readdirSync } = require('node:fs');
  for (const entry of readdirSync('/', { recursive: true, withFileTypes: true })) {
    const path = entry.parentPath + '/' + entry.name;
    if (entry.isSymbolicLink() && !existsSync(path)) console.log(path);
  }`;
