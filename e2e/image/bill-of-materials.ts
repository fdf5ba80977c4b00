/** The bill of materials is true, complete, and what those who look for advisories can use. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import type { Subject } from './subject.ts';

const MODULES = createRequire(import.meta.url);

interface Component {
  readonly name: string;
  readonly version: string;
  readonly 'bom-ref': string;
  readonly purl?: string;
  readonly cpe?: string;
}

interface Bill {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

export function billOfMaterials(subject: () => Subject): void {
  const bill = (): Bill => JSON.parse(readFileSync(subject().image.sbom, 'utf8')) as Bill;

  test('has a bill of materials that its schema accepts, with everything that is in it', () => {
    const validate = schemaOfCycloneDx();
    assert.ok(validate(bill()), JSON.stringify(validate.errors));
    assert.ok(!validate({ ...bill(), components: [{ name: 'a' }] }), 'the schema accepts anything');
    const packages = readdirSync(join(subject().root, 'var/lib/dpkg/status.d'));
    const names = bill().components.map(({ name }) => name);
    for (const name of [...packages, 'node', 'sigs.k8s.io/kustomize/kustomize/v5', 'yaml', 'json5', 'openclaw-gitops'])
      assert.ok(names.includes(name), name);
    assert.ok(packages.length >= 5);
  });

  test('is in it itself as a registry knows it', () => {
    const { metadata } = bill();
    const { digest } = subject().image;
    const architecture = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
    assert.equal(metadata.component.version, digest);
    const qualifiers = `arch=${architecture}&repository_url=localhost%2Fopenclaw-gitops&tag=test`;
    assert.equal(metadata.component.purl, `pkg:oci/openclaw-gitops@${digest}?${qualifiers}`);
  });

  test('has in it, of what advisories are about, the names that they use', () => {
    const { components } = bill();
    const of = (name: string): Component | undefined => components.find((component) => component.name === name);
    const node = process.versions.node;
    assert.equal(of('node')?.purl, `pkg:generic/node@${node}`);
    assert.equal(of('node')?.cpe, `cpe:2.3:a:nodejs:node.js:${node}:*:*:*:*:*:*:*`);
    const debian = readFileSync(join(subject().root, 'etc/debian_version'), 'utf8').trim();
    const status = readFileSync(join(subject().root, 'var/lib/dpkg/status.d/libc6'), 'utf8');
    const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(status)?.[1] ?? '';
    const version = encodeURIComponent(field('Version'));
    const qualifiers = `arch=${field('Architecture')}&distro=debian-${debian}&upstream=glibc`;
    assert.equal(of('libc6')?.purl, `pkg:deb/debian/libc6@${version}?${qualifiers}`);
    assert.match(of('libgcc-s1')?.purl ?? '', /&upstream=gcc-\d+$/);
    // It is its own source.
    assert.match(of('ca-certificates')?.purl ?? '', /\?arch=all&distro=debian-[\d.]+$/);
    assert.match(of('@kubernetes/client-node')?.purl ?? '', /^pkg:npm\/%40kubernetes\/client-node@\d/);
    for (const { name, purl, cpe } of components) assert.ok(purl ?? cpe, name);
  });

  test('says in it of everything what it is there for', () => {
    const { components, dependencies } = bill();
    const known = ['image', ...components.map((component) => component['bom-ref'])];
    assert.equal(new Set(known).size, known.length);
    const reached = new Set(['image']);
    // A set that grows while it is walked.
    for (const ref of reached)
      for (const on of dependencies.filter((one) => one.ref === ref).flatMap(({ dependsOn }) => dependsOn)) reached.add(on);
    assert.deepEqual([...reached].toSorted(), known.toSorted());
  });
}

function schemaOfCycloneDx() {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const directory = join(MODULES.resolve('@cyclonedx/cyclonedx-library/package.json'), '../res/schema');
  const schema = (name: string): object => JSON.parse(readFileSync(join(directory, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object;
  for (const name of ['spdx', 'jsf-0.82'])
    ajv.addSchema({ ...schema(name), $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json` });
  return ajv.compile(schema('bom-1.6'));
}
