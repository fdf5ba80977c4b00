import { agentMounts, PROGRAM_DIRECTORIES, readOnlyMounts } from '../agent-paths.ts';
import type { Resolved } from '../../resolve/resolved.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { mountLists, type MountList, type PlacedMount } from '../user-mounts.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

function normalized(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  return `/${segments.join('/')}`;
}

function isBelow(path: string, directory: string): boolean {
  return directory !== '/' && path.startsWith(`${directory}/`);
}

/** What is wrong with where the agent's own container would have it, or null. */
function agentProblem(mountPath: string, resolved: Resolved): string | null {
  const target = normalized(mountPath);
  if (agentMounts(resolved).includes(target)) return `${safelyQuoted(mountPath)} is a mount of the agent's own; expected another path`;
  if (PROGRAM_DIRECTORIES.includes(target))
    return `${safelyQuoted(mountPath)} would hide the program itself; expected a directory of its own`;
  const outer = readOnlyMounts(resolved).find((directory) => isBelow(target, directory));
  return outer === undefined
    ? null
    : `${safelyQuoted(mountPath)} lies in ${safelyQuoted(outer)}, which is read-only; expected a path outside of it`;
}

function pathFindings({ mount, path }: PlacedMount): Finding[] {
  const { mountPath, subPath, subPathExpr } = mount;
  const findings: Finding[] = [];
  if (!mountPath.startsWith('/'))
    findings.push({
      path: [...path, 'mountPath'],
      message: `${safelyQuoted(mountPath)} is not an absolute path; expected one that starts with "/"`,
    });
  if (mountPath.includes(':'))
    findings.push({ path: [...path, 'mountPath'], message: `${safelyQuoted(mountPath)} has a colon; expected a path without` });
  for (const field of ['subPath', 'subPathExpr'] as const) {
    const inner = mount[field] ?? '';
    if (inner.startsWith('/') || inner.split('/').includes('..')) {
      findings.push({
        path: [...path, field],
        message: `${safelyQuoted(inner)} leads out of the volume; expected a relative path without ".."`,
      });
    }
  }
  if ((subPath ?? '') !== '' && (subPathExpr ?? '') !== '')
    findings.push({ path, message: 'the mount has "subPath" and "subPathExpr"; expected one of the two' });
  return findings;
}

function listFindings({ isAgent, mounts }: MountList, resolved: Resolved): Finding[] {
  const findings: Finding[] = [];
  const taken = new Set<string>();
  for (const placed of mounts) {
    const { mount, path } = placed;
    const target = normalized(mount.mountPath);
    findings.push(...pathFindings(placed));
    const problem = isAgent ? agentProblem(mount.mountPath, resolved) : null;
    if (problem !== null) findings.push({ path: [...path, 'mountPath'], message: problem });
    else if (taken.has(target))
      findings.push({
        path: [...path, 'mountPath'],
        message: `${safelyQuoted(mount.mountPath)} is mounted twice; expected each path once`,
      });
    taken.add(target);
  }
  return findings;
}

export const mountPath: Rule = {
  id: 'mount-path',
  severity: 'error',
  summary: 'A mount is where something else is mounted already, hides the program, or has a path that Kubernetes refuses.',
  hint: 'mount it at another path',
  check({ instance, resolved }: RuleContext) {
    return mountLists(instance).flatMap((list) => listFindings(list, resolved));
  },
};
