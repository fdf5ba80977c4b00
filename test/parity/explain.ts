/** Matches differences with the departures table; what is left over on either side is a defect. */
import { immutablePaths, isAdopted, isFilledIn } from './immutable.ts';
import { type Difference } from './differences.ts';
import { parsePath, pathMatches, type Step, stepMatches } from './field-path.ts';
import { absent, fillIn, hasShape, type Instance, type Shape } from './shape.ts';

/** One deliberate difference from the operator. */
export interface Departure {
  readonly kind: string;
  /** Object name with the placeholder `<name>`; `*` stands for any run of characters. */
  readonly name: string;
  /** One field, see `field-path.ts`; empty for an object that only one side has. */
  readonly path: string;
  readonly operator: Shape;
  readonly ours: Shape;
  /** POD, ARD, W and D ids of the catalogue that speak of it. */
  readonly ids: readonly string[];
  readonly reason: string;
}

export interface ReadDeparture {
  readonly entry: Departure;
  readonly steps: readonly Step[];
}

/** The table with its paths read; throws on an entry that hides an immutable field, because a live object cannot follow us there. */
export function readDepartures(table: readonly Departure[]): readonly ReadDeparture[] {
  return table.map((entry) => {
    const steps = parsePath(entry.path);
    const isWrittenOut = entry.operator === absent && isFilledIn(entry.kind, entry.path);
    for (const immutable of isWrittenOut ? [] : immutablePaths(entry.kind)) {
      if (overlaps(steps, parsePath(immutable)))
        throw new Error(`${entry.kind} ${entry.path}: "${immutable}" cannot change on a live object, so no departure may cover it`);
    }
    if (entry.ours === absent && entry.path === '' && isAdopted(entry.kind, entry.name))
      throw new Error(`${entry.kind} ${entry.name}: a live one is adopted, so it is always rendered`);
    if (entry.ids.length === 0 || entry.reason === '') throw new Error(`${entry.kind} ${entry.path}: an entry needs an id and a reason`);
    return { entry, steps };
  });
}

/** The entries that cover a difference: one is right, none is unexplained, two are a table that says the same twice. */
export function matching(difference: Difference, table: readonly ReadDeparture[], instance: Instance): readonly ReadDeparture[] {
  return table.filter(
    ({ entry, steps }) =>
      entry.kind === difference.kind &&
      pathMatches(steps, difference.path) &&
      nameMatches(fillIn(entry.name, instance), difference.name) &&
      hasShape(difference.operator, entry.operator, instance) &&
      hasShape(difference.ours, entry.ours, instance),
  );
}

function nameMatches(pattern: string, name: string): boolean {
  const source = pattern.split('*').map((part) => part.replaceAll(/[.\\+?()[\]{}|^$]/g, String.raw`\$&`));
  return new RegExp(`^${source.join('.*')}$`).test(name);
}

/** Whether one path is the other or lies inside it. The empty path is a whole object: it is not a change of a field. */
function overlaps(one: readonly Step[], other: readonly Step[]): boolean {
  const length = Math.min(one.length, other.length);
  if (length === 0) return false;
  for (let index = 0; index < length; index += 1) {
    if (!stepMatches(one[index] as Step, other[index] as Step)) return false;
  }
  return true;
}
