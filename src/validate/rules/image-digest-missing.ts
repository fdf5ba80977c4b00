import type { Rule, RuleContext } from '../rule.ts';

/** ARD-144: their tags move, unlike the agent's. With a lock, that is the place of their digests. */
export const imageDigestMissing: Rule = {
  id: 'image-digest-missing',
  severity: 'warning',
  summary: 'The image of the browser, of Ollama, of Tailscale or of the web terminal is not pinned by a digest, and there is no lock.',
  hint: 'run "openclaw-gitops lock" on the directory that is rendered and commit what it writes, or set the digests that you have tried',
  check({ resolved, lock, lockIsReadable }: RuleContext) {
    // What a lock lacks is told of the lock.
    if (lock !== null || !lockIsReadable) return [];
    const unpinned = (['chromium', 'ollama', 'tailscale', 'webTerminal'] as const).flatMap((feature) => {
      const image = resolved[feature]?.image ?? '@';
      return image.includes('@') ? [] : [{ feature, image: `"${image}"` }];
    });
    const [first] = unpinned;
    if (first === undefined) return [];
    const images = unpinned.map(({ image }) => image);
    const last = images.at(-1);
    return [
      {
        path: ['spec', first.feature, 'image', 'digest'],
        message:
          images.length === 1
            ? `${last} is whatever its registry has on the day of the pull; expected its digest`
            : `${images.slice(0, -1).join(', ')} and ${last} are whatever their registries have on the day of the pull; expected their digests`,
      },
    ];
  },
};
