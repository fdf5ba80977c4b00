import type { Path } from '../parse/source.ts';
import type { Finding } from './rule.ts';
import { safelyQuoted } from './safely-quoted.ts';

interface Named {
  readonly name: string;
  /** Place of what has the name. */
  readonly path: Path;
}

/** A finding for each name that is reserved, or that an earlier one of the list has. */
export function takenNames(what: 'container' | 'volume', reserved: ReadonlySet<string>, list: readonly Named[]): Finding[] {
  const findings: Finding[] = [];
  const names = new Set<string>();
  for (const { name, path } of list) {
    const place = { path: [...path, 'name'] };
    if (reserved.has(name)) {
      findings.push({ ...place, message: `${safelyQuoted(name)} is reserved for a ${what} of the agent's pod; expected another name` });
    } else if (names.has(name)) {
      findings.push({ ...place, message: `${safelyQuoted(name)} is the name of another ${what} too; expected a name of its own` });
    }
    names.add(name);
  }
  return findings;
}
