import type { Container } from '../../generated/openclaw-instance.ts';
import { isQualifiedName } from '../../kube/name-syntax.ts';
import { parseQuantity, quantityBytes } from '../../lib/quantity.ts';
import type { Path } from '../../parse/source.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userContainers } from '../user-containers.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** What a running container can be given more or less of. */
const RESIZED = new Set(['cpu', 'memory']);
const STANDARD = new Set(['cpu', 'memory', 'ephemeral-storage']);
const NANO = 1_000_000_000n;

function isHugePages(resource: string): boolean {
  return resource.startsWith('hugepages-');
}

/** Bytes of a page of `hugepages-2Mi`; null when the name has no size. */
function pageSize(resource: string): bigint | null {
  const bytes = quantityBytes(resource.slice('hugepages-'.length));
  return bytes === null || bytes <= 0n ? null : bytes;
}

/** Devices: what a plugin of the node offers under a name with a domain. */
function isExtended(resource: string): boolean {
  return resource.includes('/') && isQualifiedName(resource) && !resource.startsWith('requests.');
}

function hugePagesFindings(resource: string, amount: string, path: Path): Finding[] {
  const size = pageSize(resource);
  const nano = parseQuantity(amount);
  if (size === null) {
    const message = `${safelyQuoted(resource)} has no size of a page; expected a name such as "hugepages-2Mi"`;
    return [{ path, part: 'key', message }];
  }
  if (nano === null || nano % (size * NANO) === 0n) return [];
  return [{ path, message: `${safelyQuoted(amount)} of ${safelyQuoted(resource)} is not a whole number of pages; expected one` }];
}

function resizeFindings({ resizePolicy = [] }: Container, path: Path): Finding[] {
  const taken = new Set<string>();
  return resizePolicy.flatMap(({ resourceName }, index) => {
    const place = [...path, 'resizePolicy', index, 'resourceName'];
    if (!RESIZED.has(resourceName))
      return [
        { path: place, message: `${safelyQuoted(resourceName)} cannot be resized; expected "cpu" or "memory"`, hint: 'remove the entry' },
      ];
    if (taken.has(resourceName))
      return [
        { path: place, message: `${safelyQuoted(resourceName)} has an entry already; expected one for each`, hint: 'remove one of both' },
      ];
    taken.add(resourceName);
    return [];
  });
}

export const containerResources: Rule = {
  id: 'container-resources',
  severity: 'error',
  summary: "The resources of the user's container are none that Kubernetes accepts.",
  hint: 'name cpu, memory, ephemeral-storage, or a device with its domain; give devices a whole number in limits',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { container, path } of userContainers(instance)) {
      findings.push(...resizeFindings(container, path));
      if (container.resources === undefined) continue;
      const { requests = {}, limits = {}, claims = [] } = container.resources;
      const place = [...path, 'resources'];
      for (const [list, amounts] of Object.entries({ requests, limits })) {
        for (const [resource, amount] of Object.entries(amounts)) {
          if (STANDARD.has(resource)) continue;
          if (isHugePages(resource)) {
            findings.push(...hugePagesFindings(resource, String(amount), [...place, list, resource]));
            continue;
          }
          if (!isExtended(resource)) {
            findings.push({
              path: [...place, list, resource],
              part: 'key',
              message: `${safelyQuoted(resource)} is no resource of a container; expected "cpu", "memory" or a name such as "nvidia.com/gpu"`,
            });
            continue;
          }
          const nano = parseQuantity(String(amount));
          if (nano !== null && nano % NANO !== 0n)
            findings.push({
              path: [...place, list, resource],
              message: `${safelyQuoted(String(amount))} of ${safelyQuoted(resource)} is not a whole number; expected one such as "1"`,
            });
        }
      }
      for (const [resource, amount] of Object.entries(requests)) {
        if (!isExtended(resource) && !isHugePages(resource)) continue;
        const limit = limits[resource];
        if (limit !== undefined && parseQuantity(String(limit)) === parseQuantity(String(amount))) continue;
        findings.push({
          path: [...place, 'requests', resource],
          message: `${safelyQuoted(resource)} has ${limit === undefined ? 'no limit' : 'another limit'}; expected the same amount in "limits"`,
        });
      }
      const names = [...Object.keys(requests), ...Object.keys(limits)];
      if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory'))
        findings.push({
          path: place,
          message: 'huge pages are asked for without "cpu" and "memory"; expected one of the two beside them',
          hint: 'add a request or a limit for memory',
        });
      if (claims.length > 0)
        findings.push({
          path: [...place, 'claims'],
          message: `the container has ${claims.length} resource claims, and the pod none; expected no "claims"`,
          hint: 'remove the field',
        });
    }
    return findings;
  },
};
