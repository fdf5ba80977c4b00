import { parseQuantity } from '../../lib/quantity.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { patterns, specPlaces, type SpecPlace } from '../spec-places.ts';
import { userContainers } from '../user-containers.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const CONTAINERS = ['resources', 'chromium.resources', 'tailscale.resources', 'ollama.resources', 'webTerminal.resources'];
const AMOUNTS = patterns(
  ...CONTAINERS.flatMap((path) => [`${path}.requests.memory`, `${path}.limits.memory`]),
  'storage.persistence.size',
  'chromium.persistence.size',
  'ollama.storage.sizeLimit',
  'extraVolumes.*.ephemeral.volumeClaimTemplate.spec.resources.requests.storage',
  'sidecarVolumes.*.ephemeral.volumeClaimTemplate.spec.resources.requests.storage',
  'extraVolumes.*.ephemeral.volumeClaimTemplate.spec.resources.limits.storage',
  'sidecarVolumes.*.ephemeral.volumeClaimTemplate.spec.resources.limits.storage',
);
const USER_RESOURCES = new Set(['memory', 'ephemeral-storage']);
const NANO = 1_000_000_000n;
/** The API server counts thousandths in 64 bits, and takes every larger amount for a part of a byte. */
const MOST_BYTES = (2n ** 63n - 1n) / 1000n;

function userAmounts({ instance }: RuleContext): SpecPlace[] {
  return userContainers(instance).flatMap(({ container, path }) =>
    (['requests', 'limits'] as const).flatMap((list) =>
      Object.entries(container.resources?.[list] ?? {})
        .filter(([resource]) => USER_RESOURCES.has(resource))
        .map(([resource, value]) => ({ path: [...path, 'resources', list, resource], value })),
    ),
  );
}

/** The API server rounds up and warns: "fractional byte value … is invalid". */
export const byteAmount: Rule = {
  id: 'byte-amount',
  severity: 'warning',
  summary: 'An amount of memory or storage ends in a part of a byte, or is more than the API server can check.',
  hint: 'use a whole number with a unit of bytes, such as "512Mi" or "10Gi"; "m" is a thousandth, for CPU',
  check(context: RuleContext) {
    const findings: Finding[] = [];
    for (const { path, value } of [...specPlaces(context.instance.spec, AMOUNTS), ...userAmounts(context)]) {
      const text = String(value);
      const nano = parseQuantity(text);
      if (nano === null) continue;
      if (nano % NANO !== 0n)
        findings.push({ path, message: `${safelyQuoted(text)} is not a whole number of bytes; expected an amount such as "10Gi"` });
      else if (nano / NANO > MOST_BYTES)
        findings.push({ path, message: `${safelyQuoted(text)} is over ${MOST_BYTES} bytes; expected an amount such as "10Gi"` });
    }
    return findings;
  },
};
