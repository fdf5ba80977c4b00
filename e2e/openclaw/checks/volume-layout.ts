import assert from 'node:assert/strict';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from '../check.ts';

const ENTRIES = ['.cache', '.config', '.local', 'lost+found', 'openclaw'];
/** Journals of the prepare program. */
const JOURNAL = /^\.openclaw-gitops-/;
const UID = 1000;

/** What the agent writes is its own alone, in the directories that the renderer planned, and nowhere else on the volume. */
export const volumeLayout: Check = {
  id: 'volume-layout',
  run: async (agent) => {
    const volume = agent.pod.volumes.get('data')?.directory ?? '';
    const found = readdirSync(volume).filter((name) => !JOURNAL.test(name));
    const entries = [...ENTRIES, ...(agent.agentCase.volumeEntries ?? [])];
    assert.deepEqual(found.toSorted(), entries.toSorted());
    for (const name of entries.filter((entry) => entry !== 'lost+found')) {
      const stats = lstatSync(join(volume, name));
      const [uid, mode] = [stats.uid, (stats.mode & 0o777).toString(8)];
      assert.deepEqual({ name, uid, mode }, { name, uid: UID, mode: stats.isDirectory() ? '700' : '600' });
    }
  },
};
