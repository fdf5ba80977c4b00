/** What every instance keeps on which PersistentVolumeClaim. */
import { resolveChromium } from '../resolve/chromium.ts';
import type { Instance } from '../resolve/instance.ts';
import { resolveOllama } from '../resolve/ollama.ts';
import { resolveStorage } from '../resolve/storage.ts';
import type { Path } from '../parse/source.ts';

export interface ClaimUse {
  readonly instance: Instance;
  readonly claimName: string;
  readonly what: 'state' | 'browser profile' | 'models';
  /** Where the spec names the claim; of one that is rendered, where it would. */
  readonly path: Path;
  readonly isRendered: boolean;
}

/** The claims that one instance keeps something on, except those that autoscaling makes for each replica. */
export function claimUses(instance: Instance): ClaimUse[] {
  const uses: ClaimUse[] = [];
  const storage = resolveStorage(instance);
  if (storage.claimName !== '') {
    const path = ['spec', 'storage', 'persistence', 'existingClaim'];
    uses.push({ instance, claimName: storage.claimName, what: 'state', path, isRendered: storage.rendersClaim });
  }
  const profile = resolveChromium(instance)?.profile ?? null;
  if (profile !== null) {
    const path = ['spec', 'chromium', 'persistence', 'existingClaim'];
    uses.push({ instance, claimName: profile.claimName, what: 'browser profile', path, isRendered: profile.rendersClaim });
  }
  const models = resolveOllama(instance)?.storage;
  if (models?.kind === 'claim') {
    const path = ['spec', 'ollama', 'storage', 'existingClaim'];
    uses.push({ instance, claimName: models.name, what: 'models', path, isRendered: false });
  }
  return uses;
}

const known = new WeakMap<readonly Instance[], ReadonlyMap<string, ClaimUse>>();

/** Who has a claim: whom it is rendered for, else state before profiles before models, by namespace and name. */
export function claimHolder(namespace: string, claimName: string, instances: readonly Instance[]): ClaimUse | undefined {
  const holders = known.get(instances) ?? claimHolders(instances);
  known.set(instances, holders);
  return holders.get(`${namespace} ${claimName}`);
}

function claimHolders(instances: readonly Instance[]): ReadonlyMap<string, ClaimUse> {
  const uses = instances.flatMap(claimUses);
  const holders = new Map<string, ClaimUse>();
  const note = (those: readonly ClaimUse[]): void => {
    for (const use of those) {
      const key = `${use.instance.namespace} ${use.claimName}`;
      if (!holders.has(key)) holders.set(key, use);
    }
  };
  note(uses.filter(({ isRendered }) => isRendered));
  for (const kind of ['state', 'browser profile', 'models']) note(uses.filter(({ what }) => what === kind));
  return holders;
}
