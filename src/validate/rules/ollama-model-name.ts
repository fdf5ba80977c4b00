import { isOllamaModelName } from '../ollama-model.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** D12: the operator starts the agent without a model that cannot be pulled. */
export const ollamaModelName: Rule = {
  id: 'ollama-model-name',
  severity: 'error',
  summary: 'A model of Ollama has a name that Ollama does not take.',
  hint: 'write a name such as "llama3.2", "qwen3:8b" or "hf.co/owner/model:Q4_K_M"',
  check({ instance: { spec } }: RuleContext) {
    return (spec.ollama?.models ?? []).flatMap((model, index) =>
      isOllamaModelName(model)
        ? []
        : [
            {
              path: ['spec', 'ollama', 'models', index],
              message: `${safelyQuoted(model)} is not the name of a model; expected a name, with host, namespace and tag where needed`,
            },
          ],
    );
  },
};
