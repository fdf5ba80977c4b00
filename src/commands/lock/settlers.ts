/** Who answers the questions of each section. Loaded when there are some: rendering and checking need no network. */
import { RemoteError } from '../../adapters/remote-error.ts';
import type { SectionKey, Settle } from './section.ts';
import { settleImages } from './settle-images.ts';
import { settlePackages } from './settle-packages.ts';
import { settlePacks } from './settle-packs.ts';

export const settlers: Readonly<Record<SectionKey, Settle>> = {
  images: forgiving(settleImages),
  packs: forgiving(settlePacks),
  plugins: forgiving(settlePackages('plugin')),
  skills: forgiving(settlePackages('skill')),
};

/** What keeps a whole section from being asked, such as a proxy that cannot be used, is a problem of each of its questions. */
function forgiving(settle: Settle): Settle {
  return async (questions, surroundings) => {
    try {
      return await settle(questions, surroundings);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      return questions.map(({ name }) => ({ name, entry: null, problem: `${error.service} ${error.message}` }));
    }
  };
}
