/** The API server takes every example of install/ and what the component makes of Argo CD, strictly, by dry run. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { INSTALLATION_FILES } from '../../judges/installation-definitions.ts';
import { argocdManifests } from '../../kustomize/argocd-component.ts';
import { ARGOCD_VERSIONS } from '../../tools/engine-versions.ts';
import type { ApiObject } from '../api-client.ts';
import { companionOfFlux, deliveredCompanion } from '../companion-access.ts';
import type { Cluster } from '../cluster.ts';
import { defineInstallationKinds } from '../installation-kinds.ts';
import { withNamespaces } from '../namespace.ts';
import type { CheckResult } from '../report.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Controls, which must be refused. */
const WRONG: readonly (ApiObject & { readonly spec: object })[] = [
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'wrong', namespace: 'argocd' }, spec: { projekt: 'x' } },
  {
    apiVersion: 'argoproj.io/v1beta1',
    kind: 'ArgoCD',
    metadata: { name: 'wrong', namespace: 'argocd' },
    spec: { repo: { sidecarContainers: [{ name: 'x', comand: ['x'] }] } },
  },
];

/** In place of `openclaw`, which other checks have used and taken away. */
const AGENTS = 'installation-agents';

export async function checkInstallation({ client }: Cluster): Promise<CheckResult> {
  const failures: string[] = [];
  const rows: string[][] = [];
  await defineInstallationKinds(client);
  await withNamespaces(client, ['argocd', 'flux-system', AGENTS], async () => {
    const judge = async (where: string, object: ApiObject): Promise<boolean> => {
      const { message, status, warnings } = await client.apply(object, { fieldManager: 'openclaw-gitops-e2e', dryRun: true });
      const taken = (status === 200 || status === 201) && warnings.length === 0;
      if (!taken) failures.push(`${where}: ${object.kind} ${object.metadata.name}: ${status} ${message} ${warnings.join('; ')}`);
      return taken;
    };
    // The component is judged with what it changes, the policies by what they do.
    for (const file of INSTALLATION_FILES.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).toSorted()) {
      for (const document of parseAllDocuments(await readFile(join(ROOT, file), 'utf8'))) {
        const object = document.toJS() as ApiObject;
        if (await judge(file, object)) rows.push([file, `${object.kind} ${object.metadata.name}`]);
      }
    }
    for (const [where, objects] of [
      ['install/companion', await deliveredCompanion()],
      ['install/companion/flux', await companionOfFlux()],
    ] as const) {
      // The check of admission stores what is for the namespace of the policies.
      for (const object of objects.filter(({ metadata }) => metadata.namespace !== 'openclaw-gitops'))
        if (await judge(where, elsewhere(object))) rows.push([where, `${object.kind} ${object.metadata.name}`]);
    }
    for (const version of Object.values(ARGOCD_VERSIONS)) {
      const manifests = (await argocdManifests(version, true)).filter(({ kind }) => kind === 'Deployment' || kind === 'ConfigMap');
      for (const object of manifests) await judge(`Argo CD ${version} with the component`, object);
      rows.push([`Argo CD ${version} with the component`, `${manifests.length} Deployments and ConfigMaps`]);
    }
    for (const wrong of WRONG) {
      const { status } = await client.apply(wrong, { fieldManager: 'openclaw-gitops-e2e', dryRun: true });
      if (status === 200 || status === 201) failures.push(`control: a ${wrong.kind} with an unknown field is taken`);
    }
  });
  return { summary: `${rows.length} taken`, rows, failures };
}

function elsewhere(object: ApiObject): ApiObject {
  return object.metadata.namespace === 'openclaw' ? { ...object, metadata: { ...object.metadata, namespace: AGENTS } } : object;
}
