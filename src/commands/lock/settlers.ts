/** Who answers the questions of each section. Loaded when there are some: rendering and checking need no network. */
import type { SectionKey, Settle } from './section.ts';
import { settleImages } from './settle-images.ts';
import { settlePackages } from './settle-packages.ts';
import { settlePacks } from './settle-packs.ts';

export const settlers: Readonly<Record<SectionKey, Settle>> = {
  images: settleImages,
  packs: settlePacks,
  plugins: settlePackages('plugin'),
  skills: settlePackages('skill'),
};
