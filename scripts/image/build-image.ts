/** Lays out what sidecar-image/Dockerfile builds from, builds it, and lists what is in the image. */
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from './engine.ts';
import { copyLicensesOfKustomize, kustomize } from './kustomize.ts';
import { copyLicenses } from './licenses.ts';
import { bundledPackages, type NpmPackage } from './npm-packages.ts';
import { provenance } from './provenance.ts';
import { billOfMaterials } from './sbom.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface ImageSettings {
  readonly engine: Engine;
  readonly tag?: string | undefined;
  readonly base?: string | undefined;
  readonly architecture?: string | undefined;
  readonly options: readonly string[];
  /** Gets sbom.cdx.json and digest.txt. */
  readonly directory: string;
}

export interface Image {
  readonly tag: string;
  readonly digest: string;
  /** Path of the bill of materials. */
  readonly sbom: string;
}

/** Takes dist/ as it is. */
export async function buildImage(settings: ImageSettings): Promise<Image> {
  const { engine, options, directory } = settings;
  const architecture = settings.architecture ?? { x64: 'amd64', arm64: 'arm64' }[process.arch as string] ?? process.arch;
  if (architecture !== 'amd64' && architecture !== 'arm64')
    throw new Error(`"${architecture}" is no architecture of the image; expected amd64 or arm64`);
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const tag = settings.tag ?? `localhost/openclaw-gitops:${version}`;
  const work = mkdtempSync(join(tmpdir(), 'openclaw-gitops-image-'));
  try {
    const context = join(work, 'context');
    const tool = await kustomize(architecture);
    const packages = await bundledPackages();
    layOut(context, tool, packages);
    const { epoch, revision, source } = provenance(ROOT, process.env);
    if (revision === undefined) console.error('the image has no label of its revision: this is no checkout, or it differs from its commit');
    engine.build({
      context,
      tag,
      architecture,
      epoch,
      buildArguments: {
        VERSION: version,
        SOURCE_DATE_EPOCH: epoch,
        ...(settings.base === undefined ? {} : { BASE_IMAGE: settings.base }),
      },
      labels: {
        ...(revision === undefined ? {} : { 'org.opencontainers.image.revision': revision }),
        ...(source === undefined ? {} : { 'org.opencontainers.image.source': source }),
      },
      options,
    });
    const digest = engine.digest(tag);
    mkdirSync(directory, { recursive: true });
    for (const path of ['/var/lib/dpkg/status.d', '/etc/debian_version', '/usr/share/doc/node/version', '/usr/local/bin/node'])
      engine.copy(tag, path, join(work, path.slice(path.lastIndexOf('/') + 1)));
    const sbom = join(directory, 'sbom.cdx.json');
    const bill = billOfMaterials({
      version,
      tag,
      digest,
      digestIsOf: engine.digestIsOf,
      epoch: Number(epoch),
      architecture,
      extracted: work,
      kustomize: tool,
      packages,
    });
    writeFileSync(sbom, `${JSON.stringify(bill, null, 2)}\n`);
    writeFileSync(join(directory, 'digest.txt'), `${digest}\n`);
    return { tag, digest, sbom };
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** With fixed modes: those of a checkout follow its umask, and would change the digest. */
function layOut(context: string, kustomize: string, packages: readonly NpmPackage[]): void {
  mkdirSync(join(context, 'program'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'dist')))
    if (/\.[cm]js$/.test(name) && name !== 'index.mjs') copyFileSync(join(ROOT, 'dist', name), join(context, 'program', name));
  for (const name of ['Dockerfile', 'root.sh', 'compile.ts']) copyFileSync(join(ROOT, 'sidecar-image', name), join(context, name));
  copyFileSync(join(ROOT, 'plugin.yaml'), join(context, 'plugin.yaml'));
  cpSync(join(ROOT, 'golden/guide-production/input'), join(context, 'agents'), { recursive: true });
  copyFileSync(kustomize, join(context, 'kustomize'));
  const licenses = join(context, 'licenses');
  copyLicensesOfKustomize(kustomize, join(licenses, 'kustomize'));
  for (const { name, version, directory } of packages) copyLicenses(directory, join(licenses, 'openclaw-gitops', `${name}@${version}`));
  copyFileSync(join(ROOT, 'LICENSE'), join(licenses, 'openclaw-gitops/LICENSE'));
  for (const entry of readdirSync(context, { recursive: true, withFileTypes: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
}
