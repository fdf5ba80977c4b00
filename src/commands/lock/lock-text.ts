import { LOCK_NAME, type SectionKey } from './section.ts';
import type { Json } from '../../lib/json.ts';
import { toYaml } from '../../output/yaml.ts';
import { OWN_API_VERSION } from '../../parse/classify.ts';

const HEADER = '# Written by "openclaw-gitops lock", which keeps no other comments. Commit it; run the command again after a change.\n';

/** The whole lock file; the same entries give the same bytes. */
export function lockText(sections: ReadonlyMap<SectionKey, ReadonlyMap<string, Json>>): string {
  const lock: Record<string, Json> = { apiVersion: OWN_API_VERSION, kind: 'OpenClawLock', metadata: { name: LOCK_NAME } };
  for (const [key, entries] of sections) if (entries.size > 0) lock[key] = Object.fromEntries(entries);
  return HEADER + toYaml(lock);
}
