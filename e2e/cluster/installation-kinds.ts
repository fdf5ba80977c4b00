/** Kinds that the files of install/ are of: the server gets Argo CD's and Flux's own definitions. */
import { setTimeout as sleep } from 'node:timers/promises';
import { installationDefinitions } from '../judges/installation-definitions.ts';
import type { ApiClient } from './api-client.ts';

const SERVED_TIMEOUT_SECONDS = 30;

/** Makes the server know them, or those of the groups with that end. */
export async function defineInstallationKinds(client: ApiClient, groups = ''): Promise<void> {
  const definitions = await installationDefinitions();
  for (const definition of definitions.filter(({ spec }) => spec.group.endsWith(groups))) {
    const { message, status } = await client.apply(definition, { fieldManager: 'openclaw-gitops-e2e' });
    if (status !== 200 && status !== 201) throw new Error(`${definition.metadata.name}: ${status} ${message}`);
    const { group, names, versions } = definition.spec;
    const deadline = performance.now() + SERVED_TIMEOUT_SECONDS * 1000;
    while (!(await client.serves(`${group}/${versions[0]?.name}`, names.kind))) {
      if (performance.now() > deadline) throw new Error(`the API server still does not serve ${names.kind}`);
      await sleep(50);
    }
  }
}
