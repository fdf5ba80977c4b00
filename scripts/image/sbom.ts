/** The software bill of materials of the image, as CycloneDX 1.6: what is really in it, not what a lock file would install. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from './engine.ts';
import { goProgram } from './go-modules.ts';
import type { NpmPackage } from './npm-packages.ts';
import { packageUrl } from './package-url.ts';

export interface Contents {
  readonly version: string;
  readonly tag: string;
  readonly digest: string;
  readonly digestIsOf: Engine['digestIsOf'];
  readonly epoch: number;
  readonly architecture: string;
  /** Directory with files of the image: `status.d`, `debian_version`, `version` (of Node) and `node`. */
  readonly extracted: string;
  readonly kustomize: string;
  readonly packages: readonly NpmPackage[];
}

interface Component {
  readonly type: 'application' | 'container' | 'library' | 'operating-system';
  readonly name: string;
  readonly version: string;
  readonly 'bom-ref': string;
  readonly purl?: string;
  readonly cpe?: string;
  readonly hashes?: readonly object[];
  readonly licenses?: readonly object[];
}

/** As JSON; the same for the same image. */
export function billOfMaterials(contents: Contents): object {
  const { version, epoch, extracted } = contents;
  const debian = readFileSync(join(extracted, 'debian_version'), 'utf8').trim();
  const node = readFileSync(join(extracted, 'version'), 'utf8').trim().replace(/^v/, '');
  const image = imageItself(contents);
  const program = { ...withPurl('application', 'openclaw-gitops', version, 'generic'), licenses: spdx('Apache-2.0') };
  const system: Component = {
    type: 'operating-system',
    name: 'debian',
    version: debian,
    'bom-ref': `debian-${debian}`,
    cpe: `cpe:2.3:o:debian:debian_linux:${debian}:*:*:*:*:*:*:*`,
  };
  const packages = debianPackages(join(extracted, 'status.d'), debian);
  const runtime = {
    ...withPurl('application', 'node', node, 'generic'),
    // By which advisories know it: Node comes from no registry of packages.
    cpe: `cpe:2.3:a:nodejs:node.js:${node}:*:*:*:*:*:*:*`,
    hashes: sha256(join(extracted, 'node')),
    licenses: spdx('MIT'),
  };
  const [kustomize, ...modules] = goModules(contents.kustomize) as [Component, ...Component[]];
  const bundled = npmPackages(contents.packages);
  const dependencies: readonly (readonly [Component, readonly Component[]])[] = [
    [image, [program, system, runtime, kustomize]],
    [program, [runtime, ...bundled]],
    [system, packages],
    [kustomize, modules],
  ];
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: new Date(epoch * 1000).toISOString(),
      tools: { components: [{ type: 'application', name: 'openclaw-gitops', version }] },
      component: image,
    },
    components: [program, system, ...packages, runtime, kustomize, ...modules, ...bundled],
    dependencies: dependencies.map(([{ 'bom-ref': ref }, on]) => ({ ref, dependsOn: on.map((component) => component['bom-ref']) })),
  };
}

/** In registries it is known by the digest of its manifest, which not every engine knows before it is pushed. */
function imageItself({ tag, digest, digestIsOf, architecture }: Contents): Component {
  const [, repository = '', label = ''] = /^(.*?)(?::([^/:]+))?$/.exec(tag) ?? [];
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  const qualifiers = { arch: architecture, repository_url: repository, tag: label };
  const purl = packageUrl('oci', name, digestIsOf === 'manifest' ? digest : '', qualifiers);
  return { type: 'container', name: repository, version: digest, 'bom-ref': 'image', purl };
}

function withPurl(
  type: Component['type'],
  name: string,
  version: string,
  purlType: string,
  { namespace = '', qualifiers = {} }: { namespace?: string; qualifiers?: Readonly<Record<string, string>> } = {},
): Component {
  const purl = packageUrl(purlType, namespace + name, version, qualifiers);
  return { type, name, version, 'bom-ref': purl, purl };
}

function spdx(id: string): object[] {
  return [{ license: { id } }];
}

function sha256(file: string): object[] {
  return [{ alg: 'SHA-256', content: createHash('sha256').update(readFileSync(file)).digest('hex') }];
}

function debianPackages(directory: string, debian: string): Component[] {
  return readdirSync(directory)
    .sort()
    .map((file) => {
      const text = readFileSync(join(directory, file), 'utf8');
      const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
      // Advisories are about sources, of which some packages have another name or version.
      const [source = '', sourceVersion = ''] = field('Source').replace(')', '').split(' (');
      const upstream = sourceVersion === '' ? source : `${source}@${sourceVersion}`;
      const qualifiers = { arch: field('Architecture'), distro: `debian-${debian}`, upstream };
      return withPurl('library', field('Package'), field('Version'), 'deb', { namespace: 'debian/', qualifiers });
    });
}

function goModules(path: string): Component[] {
  const { go, modules } = goProgram(path);
  const components = modules.map(({ name, version, isMain }) => {
    const component = withPurl(isMain ? 'application' : 'library', name, version, 'golang');
    return isMain ? { ...component, hashes: sha256(path), licenses: spdx('Apache-2.0') } : component;
  });
  return [...components, withPurl('library', 'stdlib', go, 'golang')];
}

function npmPackages(packages: readonly NpmPackage[]): Component[] {
  return packages.map(({ name, version, license }) => ({
    ...withPurl('library', name, version, 'npm'),
    licenses: spdx(license),
  }));
}
