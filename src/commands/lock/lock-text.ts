import { LOCK_NAME, type SectionKey } from './section.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { toYaml } from '../../output/yaml.ts';
import { OWN_API_VERSION } from '../../parse/classify.ts';
import { LOCAL_CONFIG } from '../krm/annotations.ts';

const HEADER = '# Written by "openclaw-gitops lock", which keeps no other comments. Commit it; run the command again after a change.\n';

/**
 * The whole lock file; the same entries give the same bytes. `localConfig` is what the lock says of who applies it, which the KRM
 * function writes into it and would write again.
 */
export function lockText(sections: ReadonlyMap<SectionKey, ReadonlyMap<string, Json>>, localConfig?: string): string {
  const annotations: JsonObject = localConfig === undefined ? {} : { annotations: { [LOCAL_CONFIG]: localConfig } };
  const lock: Record<string, Json> = {
    apiVersion: OWN_API_VERSION,
    kind: 'OpenClawLock',
    metadata: { name: LOCK_NAME, ...annotations },
  };
  for (const [key, entries] of sections) if (entries.size > 0) lock[key] = Object.fromEntries(entries);
  return HEADER + toYaml(lock);
}
