import type { OpenClawLock } from '../../generated/openclaw-lock.ts';
import type { Json } from '../../lib/json.ts';
import { vendoredPackName } from '../../output/vendored-pack.ts';
import type { Uses } from '../../render.ts';
import type { Section } from './section.ts';

function entriesOf({ lock }: Uses, key: 'packs' | 'plugins' | 'skills'): Map<string, Json> {
  return new Map(Object.entries((lock?.source.value as unknown as OpenClawLock | undefined)?.[key] ?? {})) as Map<string, Json>;
}

/** Packs whose files are not there, or are not those of the lock. */
function stalePacks({ lock, packs }: Uses): ReadonlySet<string> {
  const isStale = (name: string): boolean => ['mismatch', 'not-vendored'].includes(lock?.packs.find(name).kind ?? '');
  return new Set([...packs.keys()].filter(isStale));
}

/** The sections in the order of the file. */
export const SECTIONS: readonly Section[] = [
  {
    key: 'images',
    wanted: ({ images }) => images,
    locked: ({ lock }) => lock?.images ?? new Map<string, string>(),
  },
  {
    key: 'packs',
    wanted: ({ packs }) => packs,
    locked: (uses) => entriesOf(uses, 'packs'),
    stale: stalePacks,
    vendoredName: (name) => `${vendoredPackName(name)}.yaml`,
  },
  { key: 'plugins', wanted: ({ plugins }) => plugins, locked: (uses) => entriesOf(uses, 'plugins') },
  { key: 'skills', wanted: ({ skills }) => skills, locked: (uses) => entriesOf(uses, 'skills') },
];
