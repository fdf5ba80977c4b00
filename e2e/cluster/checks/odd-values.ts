/**
 * One odd value at a time in every field that some input says, then two that were accepted in one spec: the renderer refuses the
 * spec, or the API server takes all that is rendered of it, and warns of nothing that the renderer has not warned of. Nothing is stored.
 */
import { seededRandom } from '../../../test/golden/seeded-random.ts';
import type { Cluster } from '../cluster.ts';
import { inputFields, withValue, type Field, type Instance } from '../input-fields.ts';
import { JudgedSpecs, type Attempt } from '../judged-specs.ts';
import { withNamespaces } from '../namespace.ts';
import { ABSENT, oddValues } from '../odd-values.ts';
import type { CheckResult } from '../report.ts';

const NAMESPACE = 'odd-values';
const PAIRS = 2000;
const SEED = 1;

interface OddValue {
  readonly title: string;
  readonly field: Field;
  readonly value: unknown;
  /** Among all of this run. */
  readonly number: number;
}

export async function checkOddValues({ client }: Cluster): Promise<CheckResult> {
  const fields = inputFields(NAMESPACE);
  const judged = new Set<string>();
  const [single, pairs] = [new JudgedSpecs(client, judged), new JudgedSpecs(client, judged)];
  const accepted: OddValue[] = [];
  await withNamespaces(client, [NAMESPACE], async () => {
    await single.judge(oddFields(fields), ({ title, field, value, number }) => accepted.push({ title, field, value, number }));
    await pairs.judge(oddPairs(accepted));
  });
  const failures = [...single.failures, ...pairs.failures];
  for (const { accepted: taken, objects, refused } of [single, pairs])
    if (refused === 0 || taken === 0 || objects === 0)
      failures.push(`${refused} specs refused, ${taken} accepted, ${objects} objects judged: nothing is proven`);
  return {
    summary: `an odd value in one of ${fields.length} fields: ${told(single)}; in two of them: ${told(pairs)}`,
    rows: [],
    failures,
  };
}

function told({ accepted, objects, refused }: JudgedSpecs): string {
  return `${accepted + refused} specs, ${refused} refused, ${objects} objects`;
}

function* oddFields(fields: readonly Field[]): Generator<OddValue & Attempt> {
  let number = 0;
  for (const field of fields) {
    for (const value of oddValues(field.value)) {
      const instance = withValue(field.instance, field.path, value);
      if (instance === null) throw new Error(`${field.path.join('.')} is not in its own instance`);
      number += 1;
      yield { title: `${field.path.join('.')}: ${shown(value)}`, field, value, number, instance, base: field.instance };
    }
  }
}

/** Any two fields alike, however many values they take; what one instance lacks of the other is added to it. */
function* oddPairs(accepted: readonly OddValue[]): Generator<Attempt> {
  // The server answers in no certain order.
  const ordered = accepted.toSorted((one, other) => one.number - other.number);
  const byField = [...Map.groupBy(ordered, ({ field }) => field).values()];
  const random = seededRandom(SEED);
  for (let count = 0; count < PAIRS;) {
    const [one, other] = [random.pick(random.pick(byField)), random.pick(random.pick(byField))];
    if (one.field === other.field) continue;
    const base = merged(one.field.instance, other.field.instance) as Instance;
    const first = withValue(base, one.field.path, one.value);
    const instance = first && withValue(first, other.field.path, other.value);
    if (instance === null) continue;
    count += 1;
    yield { title: `${one.title}, ${other.title}`, instance, base };
  }
}

/** Mappings together; of two lists or texts the first. */
function merged(one: unknown, other: unknown): unknown {
  if (one === undefined) return other;
  if (!isMapping(one) || !isMapping(other)) return one;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(one[key], other[key])]));
}

function isMapping(value: unknown): value is Instance {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === ABSENT ? 'absent' : JSON.stringify(value).slice(0, 60);
}
