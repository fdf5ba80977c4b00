import { isJsonObject, type Json } from '../../lib/json.ts';
import { vendoredPackName } from '../../output/vendored-pack.ts';
import type { Uses } from '../../render.ts';
import type { Section } from './section.ts';

/** As they stand in the file, where they have passed its schema. */
function entriesOf({ lock }: Uses, key: 'packs' | 'plugins' | 'skills'): ReadonlyMap<string, Json> {
  const entries = lock?.source.value[key];
  return new Map(isJsonObject(entries) ? Object.entries(entries) : []);
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
