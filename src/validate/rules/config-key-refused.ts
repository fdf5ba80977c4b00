import { configProblems } from '../config-keys.ts';
import { configPlace, pointer } from '../config-place.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const configKeyRefused: Rule = {
  id: 'config-key-refused',
  severity: 'error',
  summary: 'The configuration has something that this version of OpenClaw refuses: its gateway would stop with exit code 78.',
  hint: 'write the configuration for the version of the image',
  check(context: RuleContext) {
    const { config, openclaw } = context.resolved;
    return configProblems(config.base, openclaw.version).map(({ path, problem, hint }) => ({
      ...configPlace(context, path),
      hint,
      message: `${pointer(path)} of the configuration ${problem}`,
    }));
  },
};
