import type { LockedPack } from '../../resolve/locked-packs.ts';
import { packReferences } from '../../resolve/packs.ts';
import type { ResolvedWorkspace } from '../../resolve/resolved.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

interface Claim {
  readonly kind: 'file' | 'directory' | 'entry';
  /** The pack, or who else has it. */
  readonly owner: string;
  /** What is told apart from the same: the content. */
  readonly value: string;
}

type ReadyPack = Extract<LockedPack, { kind: 'ready' }>;

const USER = 'the instance';
const OURS = 'every workspace';

/** Every directory that `path` lies in. */
function parents(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

function directoriesOf(paths: readonly string[], directories: readonly string[]): Set<string> {
  return new Set([...directories, ...[...paths, ...directories].flatMap(parents)]);
}

/** What stands in a workspace without packs, by path. */
function claimsOf({ files, directories, bootstrap }: ResolvedWorkspace): Map<string, Claim> {
  const paths = files.map(({ path }) => path);
  const claims = new Map<string, Claim>();
  for (const path of paths) claims.set(path, { kind: 'file', owner: USER, value: '' });
  for (const path of directoriesOf(paths, directories)) claims.set(path, { kind: 'directory', owner: USER, value: '' });
  for (const path of bootstrap ? ['ENVIRONMENT.md', 'BOOTSTRAP.md'] : ['ENVIRONMENT.md'])
    claims.set(path, { kind: 'file', owner: OURS, value: '' });
  return claims;
}

function claimsOfPack(owner: string, { layout, files }: ReadyPack): [string, Claim][] {
  const paths = layout.files.map(({ path }) => path);
  return [
    ...layout.files.map(({ path, source }): [string, Claim] => [path, { kind: 'file', owner, value: JSON.stringify(files.get(source)) }]),
    ...[...directoriesOf(paths, layout.directories)].map((path): [string, Claim] => [path, { kind: 'directory', owner, value: '' }]),
    // No path has a line break.
    ...Object.entries(layout.entries).map(([name, value]): [string, Claim] => [
      `\n${name}`,
      { kind: 'entry', owner, value: JSON.stringify(value) },
    ]),
  ];
}

/** What two claims to one name come to, or null where both can be had or the user's own file is to win. */
function conflict(name: string, earlier: Claim, later: Claim): Pick<Finding, 'message' | 'severity'> | null {
  const other = earlier.owner === USER || earlier.owner === OURS ? earlier.owner : safelyQuoted(earlier.owner);
  if (earlier.kind !== later.kind)
    return {
      severity: 'error',
      message: `${safelyQuoted(name)} is a ${later.kind} of this pack and a ${earlier.kind} of ${other}; expected one of the two`,
    };
  if (earlier.kind === 'directory' || earlier.owner === USER || earlier.value === later.value) return null;
  if (earlier.owner === OURS)
    return {
      severity: 'warning',
      message: `file ${safelyQuoted(name)} of this pack gives way to the one that every workspace gets; expected another name`,
    };
  const what = later.kind === 'entry' ? `the configuration of skill ${safelyQuoted(name.slice(1))}` : `file ${safelyQuoted(name)}`;
  return {
    severity: 'warning',
    message: `${what} is in ${other} too, and differs; expected it in one pack, since the one that is named last in the alphabet counts`,
  };
}

export const packConflict: Rule = {
  id: 'pack-conflict',
  severity: 'error',
  summary: 'A skill pack has a file that another pack or every workspace has too, or a file where something else is a directory.',
  hint: 'leave one of the packs out, or rename what stands in the way',
  check({ instance: { spec }, resolved, lock }: RuleContext) {
    if (lock === null) return [];
    const findings: Finding[] = [];
    const additional = spec.workspace?.additionalWorkspaces ?? [];
    const groups = [
      { name: null, skills: spec.skills, path: ['spec', 'skills'] },
      ...additional.map(({ name, skills }, index) => ({
        name,
        skills,
        path: ['spec', 'workspace', 'additionalWorkspaces', index, 'skills'],
      })),
    ];
    for (const { name, skills, path } of groups) {
      const workspace = resolved.workspaces.find((candidate) => candidate.name === name);
      const references = packReferences(skills);
      if (workspace === undefined || references.length === 0) continue;
      const claims = claimsOf(workspace);
      for (const reference of references) {
        const pack = lock.packs.find(reference);
        if (pack.kind === 'ready')
          findings.push(
            ...added(claims, reference, pack).map((found) => ({ ...found, path: [...path, (skills ?? []).indexOf(reference)] })),
          );
      }
    }
    return findings;
  },
};

/** Adds the pack's claims. Of several conflicts of one kind with one owner the first is told. */
function added(claims: Map<string, Claim>, reference: string, pack: ReadyPack): Pick<Finding, 'message' | 'severity'>[] {
  const told = new Map<string, Pick<Finding, 'message' | 'severity'>>();
  for (const [name, claim] of claimsOfPack(reference, pack)) {
    const earlier = claims.get(name);
    const found = earlier === undefined ? null : conflict(name, earlier, claim);
    const key = `${earlier?.owner} ${earlier?.kind} ${claim.kind}`;
    if (found !== null && !told.has(key)) told.set(key, found);
    if (earlier?.owner !== USER && earlier?.owner !== OURS) claims.set(name, claim);
  }
  return [...told.values()];
}
