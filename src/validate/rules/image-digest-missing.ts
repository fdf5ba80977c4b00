import type { Finding, Rule, RuleContext } from '../rule.ts';

/** ARD-144: their tags move, unlike the agent's. With a lock, that is the place of their digests. */
export const imageDigestMissing: Rule = {
  id: 'image-digest-missing',
  severity: 'warning',
  summary: 'The image of the browser, of Ollama or of the web terminal is not pinned by a digest, and there is no lock.',
  hint: 'run "openclaw-gitops lock", or set the digest of the image that you have tried',
  check({ instance: { spec }, resolved: { imageDigests } }: RuleContext) {
    if (imageDigests.size > 0) return [];
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
