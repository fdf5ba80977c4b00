/** The agent of `golden/guide-production` under the Application that install/ shows, which several checks look after in turn. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from '../../src/kube/types.ts';
import type { ApiClient, ApiObject } from '../cluster/api-client.ts';
import { jobPodOf, runJobPod } from '../cluster/run-job.ts';
import { GOLDEN } from '../../test/golden/golden-case.ts';
import { renderedObjects } from './stage.ts';

/** As the example names it. */
export const AGENT_FILE = 'my-agent.yaml';
export const AGENT_INPUT = readFileSync(join(GOLDEN, 'guide-production/input', AGENT_FILE), 'utf8');

export const AGENT_WITHOUT_FEATURES = edited(
  edited(AGENT_INPUT, 'metrics:\n      enabled: true', 'metrics:\n      enabled: false'),
  'persistence:\n      enabled: true\n      size: 10Gi',
  'persistence:\n      enabled: false',
);

/** What the renderer makes of it, or of a variant of it. */
export function agentObjects(text = AGENT_INPUT): readonly ApiObject[] {
  return renderedObjects({ [AGENT_FILE]: Buffer.from(text) });
}

/** The one object of that kind whose name has that end. */
export function objectOf(objects: readonly ApiObject[], kind: string, end = ''): ApiObject {
  const [found, more] = objects.filter((object) => object.kind === kind && object.metadata.name.endsWith(end));
  if (!found || more) throw new Error(`expected one ${kind} that ends with "${end}"`);
  return found;
}

/** The input with a piece of its text replaced, which must be there. */
export function edited(text: string, from: string, to: string): string {
  const result = text.replace(from, to);
  if (result === text) throw new Error(`golden/guide-production has no "${from}"`);
  return result;
}

/** The token that the Job made, in base64; empty before that. */
export async function tokenOf(client: ApiClient, objects: readonly ApiObject[]): Promise<string> {
  const { body, message, status } = await client.get(objectOf(objects, 'Secret', '-gateway-token'));
  if (status !== 200) throw new Error(`Secret of the token: ${status} ${message}`);
  return (body as Secret).data?.['token'] ?? '';
}

/** Has the rendered Job fill the Secret, as it would in a pod; what went wrong comes back. */
export async function fillSecret(client: ApiClient, objects: readonly ApiObject[]): Promise<readonly string[]> {
  const { code, stderr } = await runJobPod(await jobPodOf(client, objectOf(objects, 'Job')));
  if (code !== 0) return [`the Job ends with ${code}: ${stderr}`];
  return (await tokenOf(client, objects)) === '' ? ['the Job leaves the Secret empty'] : [];
}
