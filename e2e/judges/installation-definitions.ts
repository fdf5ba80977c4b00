/** Definitions of the kinds that the files of install/ are of, as Argo CD, its operator and Flux publish them. */
import { parse } from 'yaml';
import type { ApiObject } from '../cluster/api-client.ts';
import { ARGOCD_TOOLCHAIN } from '../tools/binary.ts';
import { ARGOCD_OPERATOR_VERSION, ARGOCD_VERSIONS, FLUX_VERSIONS } from '../tools/engine-versions.ts';
import { goModuleFile } from '../tools/go-module.ts';

const ARGOCD = `github.com/argoproj/argo-cd/v3@${ARGOCD_VERSIONS.newest}`;
const ARGOCD_OPERATOR = `github.com/argoproj-labs/argocd-operator@${ARGOCD_OPERATOR_VERSION}`;
const SOURCE_CONTROLLER = `github.com/fluxcd/source-controller@${FLUX_VERSIONS['source-controller']}`;
const KUSTOMIZE_CONTROLLER = `github.com/fluxcd/kustomize-controller@${FLUX_VERSIONS['kustomize-controller']}`;
const DEFINITIONS: readonly (readonly [module: string, path: string])[] = [
  [ARGOCD, 'manifests/crds/application-crd.yaml'],
  [ARGOCD, 'manifests/crds/applicationset-crd.yaml'],
  [ARGOCD, 'manifests/crds/appproject-crd.yaml'],
  [ARGOCD_OPERATOR, 'config/crd/bases/argoproj.io_argocds.yaml'],
  [SOURCE_CONTROLLER, 'config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml'],
  [SOURCE_CONTROLLER, 'config/crd/bases/source.toolkit.fluxcd.io_ocirepositories.yaml'],
  [KUSTOMIZE_CONTROLLER, 'config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml'],
];

/** Files of objects of these kinds, which a user applies or, of the operator's, adds to what is there. */
export const INSTALLATION_FILES = ['install/argocd/applications/*.yaml', 'install/argocd/operator/*.yaml', 'install/flux/*.yaml'];

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
