/** What install/companion gives in one namespace of agents, built by kustomize as a user's copy of its directory. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { binary } from '../tools/binary.ts';
import type { ApiObject } from './api-client.ts';

const DIRECTORY = join(import.meta.dirname, '../../install/companion');

/** As delivered, with another namespace of agents and these components. */
export async function companionAccess(namespace: string, components: readonly string[]): Promise<readonly ApiObject[]> {
  const kustomize = await binary('kustomize');
  const root = mkdtempSync(join(tmpdir(), 'companion-'));
  try {
    cpSync(DIRECTORY, join(root, 'companion'), { recursive: true });
    const copy = join(root, 'companion', namespace);
    mkdirSync(copy);
    writeFileSync(
      join(copy, 'kustomization.yaml'),
      stringify({ namespace, resources: ['../agents'], components: components.map((name) => `../${name}`) }),
    );
    writeFileSync(
      join(root, 'kustomization.yaml'),
      stringify({ resources: ['companion/account.yaml', 'companion/network-policy.yaml', `companion/${namespace}`] }),
    );
    return built(kustomize, root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** What `kubectl apply -k install/companion` would send. */
export async function deliveredCompanion(): Promise<readonly ApiObject[]> {
  return built(await binary('kustomize'), DIRECTORY);
}

/** The rights in the namespace of Flux, which is no engine of the delivered kustomization. */
export async function companionOfFlux(): Promise<readonly ApiObject[]> {
  return built(await binary('kustomize'), join(DIRECTORY, 'flux'));
}

function built(kustomize: string, directory: string): readonly ApiObject[] {
  const { status, stderr, stdout } = spawnSync(kustomize, ['build', directory], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`kustomize build ${directory}: ${stderr}`);
  return parseAllDocuments(stdout).map((document) => document.toJS() as ApiObject);
}
