import type { Finding, Rule, RuleContext } from '../rule.ts';

/** ARD-144: their tags move, unlike the agent's. */
export const imageDigestMissing: Rule = {
  id: 'image-digest-missing',
  severity: 'warning',
  summary: 'The image of the browser, of Ollama or of the web terminal is not pinned by a digest.',
  hint: 'set the digest of the image that you have tried',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const feature of ['chromium', 'ollama', 'webTerminal'] as const) {
      const settings = spec[feature];
      if (settings?.enabled !== true || (settings.image?.digest ?? '') !== '') continue;
      findings.push({
        path: ['spec', feature, 'image', 'digest'],
        message: `"spec.${feature}.image.digest" is not set; expected one, since its tag moves`,
      });
    }
    return findings;
  },
};
