import { isJsonObject, valueAt } from '../../lib/json.ts';
import { PROVIDER_KEYS } from '../provider-keys.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Annotations by which clouds give an account rights, such as those on Amazon Bedrock. */
const CLOUD_IDENTITY = /^(?:eks\.amazonaws\.com\/role-arn|iam\.gke\.io\/gcp-service-account|azure\.workload\.identity\/client-id)$/;

/** ARD-145: what is in a Secret is taken for a key, since its values are nobody's business. */
export const providerKeyMissing: Rule = {
  id: 'provider-key-missing',
  severity: 'warning',
  summary: 'Nothing gives the agent the credentials of a model provider.',
  hint: 'put a key such as ANTHROPIC_API_KEY or GEMINI_API_KEY into a Secret and name it in spec.envFrom',
  check({ instance: { spec }, resolved: { config, rbac } }: RuleContext) {
    if ((spec.envFrom ?? []).length > 0 || spec.ollama?.enabled === true) return [];
    if ((spec.env ?? []).some(({ name, valueFrom }) => PROVIDER_KEYS.has(name) || valueFrom?.secretKeyRef !== undefined)) return [];
    const providers = valueAt(config.base, 'models', 'providers');
    if (isJsonObject(providers) && Object.keys(providers).length > 0) return [];
    if (Object.keys(rbac.annotations).some((key) => CLOUD_IDENTITY.test(key))) return [];
    return [
      {
        path: ['spec', 'envFrom'],
        message: 'no variable gives the agent the key of a model provider; expected one in "spec.envFrom" or "spec.env"',
      },
    ];
  },
};
