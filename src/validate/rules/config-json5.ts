import type { Finding, Rule, RuleContext } from '../rule.ts';

/** POD-328, ARD-159. */
export const configJson5: Rule = {
  id: 'config-json5',
  severity: 'error',
  summary: 'The format json5 is given together with config.raw or with the merge mode.',
  hint: 'remove the format: what is JSON5 in a ConfigMap is read as such anyway',
  check({ instance: { spec } }: RuleContext) {
    const { config } = spec;
    if (config?.format !== 'json5') return [];
    const findings: Finding[] = [];
    const path = ['spec', 'config', 'format'];
    if (config.raw !== undefined)
      findings.push({ path, message: '"json5" is the format of a text, and "config.raw" is none; expected "configMapRef" with it' });
    if (config.mergeMode === 'merge')
      findings.push({ path, message: '"json5" is given with the merge mode "merge"; expected "overwrite"' });
    return findings;
  },
};
