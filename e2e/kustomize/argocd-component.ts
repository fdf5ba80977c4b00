/** Argo CD's own manifests as its users build them, without and with our component, which is added as the README says. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { ApiObject } from '../cluster/api-client.ts';
import { ARGOCD_TOOLCHAIN, binary } from '../tools/binary.ts';
import { goModuleDirectory } from '../tools/go-module.ts';

const ROOT = join(import.meta.dirname, '../..');
const COMPONENT = 'install/argocd/component';

interface Kustomization {
  readonly resources: readonly string[];
  readonly components?: readonly string[];
  readonly images?: readonly { readonly name: string; readonly newName: string; readonly digest: string }[];
}

/** The kustomization in the README's section on Argo CD. */
function documented(): Kustomization {
  const section = readFileSync(join(ROOT, 'README.md'), 'utf8').split('## Argo CD in five minutes')[1] ?? '';
  return parse(/^```yaml\n# kustomization\.yaml\n([^]*?)^```/m.exec(section)?.[1] ?? '') as Kustomization;
}

/** The image that it sets. */
export function documentedImage(): string {
  const [image] = documented().images ?? [];
  return `${image?.newName}@${image?.digest}`;
}

/** What `kustomize build` makes of Argo CD's `cluster-install` of that version. */
export async function argocdManifests(version: string, withComponent: boolean): Promise<readonly ApiObject[]> {
  const kustomize = await binary('kustomize');
  const directory = mkdtempSync(join(tmpdir(), 'argocd-'));
  try {
    const module = await goModuleDirectory(`github.com/argoproj/argo-cd/v3@${version}`, ARGOCD_TOOLCHAIN);
    cpSync(join(module, 'manifests'), join(directory, 'manifests'), { recursive: true, mode: 0 });
    cpSync(join(ROOT, COMPONENT), join(directory, 'mine/openclaw-gitops', COMPONENT), { recursive: true });
    const { components, images, ...kustomization } = documented();
    // What the README fetches from GitHub.
    const local = { ...kustomization, resources: ['../manifests/cluster-install'] };
    writeFileSync(join(directory, 'mine/kustomization.yaml'), JSON.stringify(withComponent ? { ...local, components, images } : local));
    const { status, stderr, stdout } = spawnSync(kustomize, ['build', join(directory, 'mine')], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`kustomize build with Argo CD ${version}: ${stderr}`);
    return parseAllDocuments(stdout).map((document) => document.toJS() as ApiObject);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
