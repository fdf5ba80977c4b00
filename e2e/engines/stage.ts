/** What the checks of one engine share. */
import type { ApiClient, ApiObject } from '../cluster/api-client.ts';
import { manifestsOfJsonLines } from '../cluster/manifest.ts';
import { hasErrors } from '../../src/diagnostics/diagnostic.ts';
import { render, toJsonLine } from '../../src/index.ts';
import type { AgentsRepository } from './agents-repository.ts';

export interface Stage {
  readonly client: ApiClient;
  readonly repository: AgentsRepository;
}

/** What the renderer makes of these files; a refusal throws, since only good input is given here. */
export function renderedObjects(files: Readonly<Record<string, Uint8Array>>): readonly ApiObject[] {
  const { diagnostics, objects } = render(Object.entries(files).map(([name, bytes]) => ({ name, bytes })));
  if (hasErrors(diagnostics)) throw new Error(diagnostics.map(({ message, rule }) => `${message} [${rule}]`).join('\n'));
  return manifestsOfJsonLines(Array.from(objects, (object) => toJsonLine(object)).join('\n')).map(({ object }) => object);
}

/** Stores an object as its user would. */
export async function applied(client: ApiClient, object: ApiObject): Promise<void> {
  const { message, status } = await client.apply(object, { fieldManager: 'openclaw-gitops-e2e' });
  if (status !== 200 && status !== 201) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${message}`);
}
