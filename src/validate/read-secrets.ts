import type { Path } from '../parse/source.ts';
import type { RuleContext } from './rule.ts';
import { envLists } from './env-lists.ts';
import { userVolumes } from './user-volumes.ts';

export interface SecretReference {
  readonly name: string;
  readonly path: Path;
}

/** The Secrets that the pod reads, each once, at the place that names it first. */
export function readSecrets({ instance, resolved }: RuleContext): SecretReference[] {
  const found = new Map<string, SecretReference>();
  const add = (name: string | undefined, path: Path): void => {
    if (name !== undefined && name !== '' && !found.has(name)) found.set(name, { name, path });
  };
  for (const { entries, envFrom } of envLists(instance)) {
    for (const { source, path } of envFrom) add(source.secretRef?.name, [...path, 'secretRef', 'name']);
    for (const { entry, path } of entries) add(entry.valueFrom?.secretKeyRef?.name, [...path, 'valueFrom', 'secretKeyRef', 'name']);
  }
  for (const { volume, path } of userVolumes(instance)) {
    add(volume.secret?.secretName, [...path, 'secret', 'secretName']);
    for (const [index, { secret }] of (volume.projected?.sources ?? []).entries()) {
      add(secret?.name, [...path, 'projected', 'sources', index, 'secret', 'name']);
    }
  }
  if (!resolved.gateway.generatesToken) add(resolved.gateway.tokenSecret, ['spec', 'gateway', 'existingSecret']);
  add(instance.spec.tailscale?.authKeySecretRef?.name, ['spec', 'tailscale', 'authKeySecretRef', 'name']);
  add(instance.spec.webTerminal?.credential?.secretRef.name, ['spec', 'webTerminal', 'credential', 'secretRef', 'name']);
  return [...found.values()];
}
