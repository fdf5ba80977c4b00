import { compareVersions, OLDEST_SAFE_VERSION } from '../../resolve/openclaw-version.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const openclawVersionOld: Rule = {
  id: 'openclaw-version-old',
  severity: 'warning',
  summary: `OpenClaw before ${OLDEST_SAFE_VERSION} has published holes by which a stranger can run code or take the token.`,
  hint: `use ${OLDEST_SAFE_VERSION} or newer; GHSA-qjpc-qf9m-xwmr is one of the reasons`,
  check({ resolved: { openclaw } }: RuleContext) {
    const { version } = openclaw;
    if (version === null || (compareVersions(version, OLDEST_SAFE_VERSION) ?? 0) >= 0) return [];
    const message = `OpenClaw ${safelyQuoted(version)} has published security holes, and its configuration is not tested; expected ${OLDEST_SAFE_VERSION} or newer`;
    return [{ path: ['spec', 'image', 'tag'], message }];
  },
};
