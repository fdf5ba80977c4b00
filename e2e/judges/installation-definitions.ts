/** Definitions of the kinds that the files of install/ are of, as Argo CD and Flux publish them. */
import { parse } from 'yaml';
import type { ApiObject } from '../cluster/api-client.ts';
import { ARGOCD_VERSIONS } from '../kustomize/argocd-versions.ts';
import { ARGOCD_TOOLCHAIN } from '../tools/binary.ts';
import { goModuleFile } from '../tools/go-module.ts';

const ARGOCD = `github.com/argoproj/argo-cd/v3@${ARGOCD_VERSIONS.newest}`;
const SOURCE_CONTROLLER = 'github.com/fluxcd/source-controller@v1.9.5';
const KUSTOMIZE_CONTROLLER = 'github.com/fluxcd/kustomize-controller@v1.9.5';
const DEFINITIONS: readonly (readonly [module: string, path: string])[] = [
  [ARGOCD, 'manifests/crds/application-crd.yaml'],
  [ARGOCD, 'manifests/crds/applicationset-crd.yaml'],
  [ARGOCD, 'manifests/crds/appproject-crd.yaml'],
  [SOURCE_CONTROLLER, 'config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml'],
  [SOURCE_CONTROLLER, 'config/crd/bases/source.toolkit.fluxcd.io_ocirepositories.yaml'],
  [KUSTOMIZE_CONTROLLER, 'config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml'],
];

export interface Definition extends ApiObject {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: object } }[];
  };
}

export async function installationDefinitions(): Promise<readonly Definition[]> {
  const definitions: Definition[] = [];
  for (const [module, path] of DEFINITIONS) {
    const text = await goModuleFile(module, path, module === ARGOCD ? ARGOCD_TOOLCHAIN : undefined);
    definitions.push(parse(text) as Definition);
  }
  return definitions;
}
