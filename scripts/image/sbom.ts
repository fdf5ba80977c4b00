/** The software bill of materials of the image, as CycloneDX 1.6: what is really in it, not what a lock file would install. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goProgram } from './go-modules.ts';
import type { NpmPackage } from './npm-packages.ts';

export interface Contents {
  readonly version: string;
  readonly tag: string;
  readonly digest: string;
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
  readonly hashes?: readonly object[];
  readonly licenses?: readonly object[];
}

/** As JSON; the same for the same image. */
export function billOfMaterials(contents: Contents): object {
  const { version, tag, digest, epoch, extracted } = contents;
  const debian = readFileSync(join(extracted, 'debian_version'), 'utf8').trim();
  const node = readFileSync(join(extracted, 'version'), 'utf8').trim().replace(/^v/, '');
  const image: Component = { type: 'container', name: tag.replace(/:[^/:]*$/, ''), version: digest, 'bom-ref': 'image' };
  const components: Component[] = [
    { ...withPurl('application', 'openclaw-gitops', version, `pkg:generic/openclaw-gitops@${version}`), licenses: spdx('Apache-2.0') },
    { type: 'operating-system', name: 'debian', version: debian, 'bom-ref': `debian-${debian}` },
    ...debianPackages(join(extracted, 'status.d'), debian),
    {
      ...withPurl('application', 'node', node, `pkg:generic/node@${node}`),
      hashes: sha256(join(extracted, 'node')),
      licenses: spdx('MIT'),
    },
    ...goModules(contents.kustomize),
    ...npmPackages(contents.packages),
  ];
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { timestamp: new Date(epoch * 1000).toISOString(), component: image },
    components,
    dependencies: [{ ref: 'image', dependsOn: components.map((component) => component['bom-ref']) }],
  };
}

function withPurl(type: Component['type'], name: string, version: string, purl: string): Component {
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
      const [name, version] = [field('Package'), field('Version')];
      const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${field('Architecture')}&distro=debian-${debian}`;
      return withPurl('library', name, version, purl);
    });
}

function goModules(path: string): Component[] {
  const { go, modules } = goProgram(path);
  const components = modules.map(({ name, version, isMain }) => {
    const component = withPurl(isMain ? 'application' : 'library', name, version, `pkg:golang/${name}@${version}`);
    return isMain ? { ...component, hashes: sha256(path), licenses: spdx('Apache-2.0') } : component;
  });
  return [...components, withPurl('library', 'stdlib', go, `pkg:golang/stdlib@${go}`)];
}

function npmPackages(packages: readonly NpmPackage[]): Component[] {
  return packages.map(({ name, version, license }) => ({
    ...withPurl('library', name, version, `pkg:npm/${name.replace('@', '%40')}@${version}`),
    licenses: spdx(license),
  }));
}
