/** Two agents in one directory, of which one leaves: the golden case for that, without the Namespace, which the project of the example does not allow. */
import type { ApiObject } from '../cluster/api-client.ts';
import { goldenInput } from './golden-input.ts';
import { renderedObjects } from './stage.ts';

export const FLEET_NAMESPACE = 'fleet';

const INPUT = goldenInput('guide-gitops-directory', FLEET_NAMESPACE);
export const STAYING = { 'agents/agent-a.yaml': bytesOf('agents/agent-a.yaml') };
export const LEAVING = { 'agents/agent-b.yaml': bytesOf('agents/agent-b.yaml') };

export const stayingObjects: readonly ApiObject[] = renderedObjects(STAYING);
export const fleetObjects: readonly ApiObject[] = renderedObjects({ ...STAYING, ...LEAVING });

function bytesOf(path: string): Uint8Array {
  const bytes = INPUT[path];
  if (!bytes) throw new Error(`golden/guide-gitops-directory has no ${path}`);
  return bytes;
}
