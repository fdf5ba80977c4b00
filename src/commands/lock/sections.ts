import type { Section } from './section.ts';

/** The sections in the order of the file. */
export const SECTIONS: readonly Section[] = [
  {
    key: 'images',
    wanted: ({ images }) => images,
    locked: ({ lock }) => lock?.images ?? new Map<string, string>(),
  },
];
