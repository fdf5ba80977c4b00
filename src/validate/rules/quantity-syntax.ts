import { parseQuantity } from '../../lib/quantity.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { patterns, specPlaces } from '../spec-places.ts';
import { userContainers } from '../user-containers.ts';
import { userVolumes } from '../user-volumes.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const RESOURCES = ['resources', 'chromium.resources', 'tailscale.resources', 'ollama.resources', 'webTerminal.resources'];
const AMOUNTS = RESOURCES.flatMap((path) =>
  ['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'].map((amount) => `${path}.${amount}`),
);
const QUANTITIES = patterns(...AMOUNTS, 'storage.persistence.size', 'chromium.persistence.size', 'ollama.storage.sizeLimit');

/** POD-330, ARD-149; POD-220: the operator falls back to a default without a word, which is another machine than was asked for. */
export const quantitySyntax: Rule = {
  id: 'quantity-syntax',
  severity: 'error',
  summary: 'An amount of CPU, memory or storage is no Kubernetes quantity.',
  hint: 'write a number with a unit such as "500m", "2", "512Mi" or "10Gi"',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    const sizeLimits = userVolumes(instance).flatMap(({ volume: { emptyDir }, path }) =>
      emptyDir?.sizeLimit === undefined ? [] : [{ path: [...path, 'emptyDir', 'sizeLimit'], value: emptyDir.sizeLimit }],
    );
    for (const { path, value } of [...specPlaces(instance.spec, QUANTITIES), ...sizeLimits]) {
      const text = String(value);
      const quantity = text === '' ? 0n : parseQuantity(text);
      if (quantity === null)
        findings.push({ path, message: `${safelyQuoted(text)} is no quantity; expected a form such as "500m" or "10Gi"` });
      else if (quantity < 0n) findings.push({ path, message: `${safelyQuoted(text)} is less than nothing; expected a positive amount` });
    }
    for (const { container, path } of userContainers(instance)) {
      for (const list of ['requests', 'limits'] as const) {
        for (const [resource, amount] of Object.entries(container.resources?.[list] ?? {})) {
          const text = String(amount);
          const quantity = parseQuantity(text);
          if (quantity !== null && quantity >= 0n) continue;
          const message =
            quantity === null
              ? `${safelyQuoted(text)} is no quantity; expected a form such as "500m" or "10Gi"`
              : `${safelyQuoted(text)} is less than nothing; expected a positive amount`;
          findings.push({ path: [...path, 'resources', list, resource], message });
        }
      }
    }
    return findings;
  },
};
