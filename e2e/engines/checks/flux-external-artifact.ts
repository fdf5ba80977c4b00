/** The example of an ExternalArtifact: refused by a controller as Flux installs it, and applied by one with the feature gate that the example names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiClient, ApiObject } from '../../cluster/api-client.ts';
import type { CheckResult } from '../../cluster/report.ts';
import { AGENT_FILE, AGENT_INPUT, agentObjects, edited } from '../agent.ts';
import { FLUX_NAMESPACE, kustomizationExample, type Flux } from '../flux.ts';
import { ready, refused } from '../kustomization.ts';
import { gone, leaving } from '../leaving.ts';
import { applied } from '../stage.ts';

export const ARTIFACT_AGENTS = 'artifact-agents';
const FILE = 'external-artifact.yaml';
const ARTIFACT: ApiObject = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'ExternalArtifact',
  metadata: { name: 'agents', namespace: FLUX_NAMESPACE },
};

export async function checkExternalArtifact(client: ApiClient, flux: Flux): Promise<CheckResult> {
  const failures: string[] = [];
  const text = edited(AGENT_INPUT, 'namespace: openclaw', `namespace: ${ARTIFACT_AGENTS}`);
  const kustomization = kustomizationExample(`./${ARTIFACT_AGENTS}/production-agent`, FILE);
  const objects = agentObjects(text);
  const { code, err } = await flux.push({ [AGENT_FILE]: text });
  if (code !== 0) throw new Error(`push ends with ${code}: ${err}`);
  await applied(client, ARTIFACT);
  const revision = await flux.fetch(ARTIFACT);

  await applied(client, kustomization);
  const reason = await refused(client, kustomization);
  if (!reason.includes('ExternalArtifact feature gate is disabled')) failures.push(`control: without the gate it says: ${reason}`);
  await flux.restart(gateOfTheExample());
  const found = await ready(client, kustomization, revision);
  const inventory = (found.status?.inventory?.entries ?? []).length;
  if (inventory !== objects.length) failures.push(`applies ${inventory} objects of ${objects.length}`);
  await client.remove(kustomization);
  await gone(client, [kustomization, ...leaving(objects, []).going]);
  return { summary: `${inventory} objects, Ready; without the gate: ${reason}`, rows: [], failures };
}

/** The flag that its comment tells users to set. */
function gateOfTheExample(): string {
  const [flag] = /--feature-gates=\w+=true/.exec(readFileSync(join(import.meta.dirname, '../../../install/flux', FILE), 'utf8')) ?? [];
  if (flag === undefined) throw new Error(`install/flux/${FILE} names no feature gate`);
  return flag;
}
