/** One operator input: rendered, compared object by object, and judged by the tables in test/parity. */
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { AMENDED_CASES, type AmendedCase, OPEN_CASES, OPEN_FEATURES, REFUSED_CASES } from '../test/parity/cases.ts';
import { type Difference, differences, type RenderedObject } from '../test/parity/differences.ts';
import { matching, type ReadDeparture } from '../test/parity/explain.ts';
import { pathText } from '../test/parity/field-path.ts';
import { type Instance, sideText } from '../test/parity/shape.ts';

/** What the renderer says to one input. */
export interface RenderAnswer {
  readonly objects: readonly RenderedObject[];
  readonly refusals: readonly { readonly rule: string; readonly message: string }[];
}

export interface CaseResult {
  readonly name: string;
  readonly verdict: 'equal' | 'departs' | 'open' | 'refused' | 'wrong';
  /** The departures that explain it, with repeats. */
  readonly used: readonly ReadDeparture[];
  readonly unexplained: readonly Difference[];
  readonly problems: readonly string[];
}

interface InputObject extends RenderedObject {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const ORACLE = new URL('../test/parity/oracle/', import.meta.url);

export function judgeCase(name: string, table: readonly ReadDeparture[], render: (input: string) => RenderAnswer): CaseResult {
  const input = readFileSync(new URL(`${name}.input.yaml`, ORACLE), 'utf8');
  const answer = render(input);
  const rules = answer.refusals.map(({ rule }) => rule);
  const result = (verdict: CaseResult['verdict'], problems: readonly string[]): CaseResult => ({
    name,
    verdict: problems.length === 0 ? verdict : 'wrong',
    used: [],
    unexplained: [],
    problems,
  });

  const open = OPEN_CASES[name];
  if (open !== undefined) return result('open', openProblems(open, answer));
  const amended = AMENDED_CASES[name];
  const refused = amended ?? REFUSED_CASES[name];
  if (refused !== undefined && !rules.includes(refused.rule))
    return result('refused', [`expected to be refused by ${refused.rule}, got ${rules.join(', ') || 'objects'}`]);
  if (amended !== undefined) return judgeAmended(name, input, amended, table, render);
  if (refused !== undefined) return result('refused', []);
  return judgeAnswer(name, input, answer, table);
}

function judgeAmended(
  name: string,
  input: string,
  { without }: AmendedCase,
  table: readonly ReadDeparture[],
  render: (input: string) => RenderAnswer,
): CaseResult {
  const text = input.replace(without, '');
  if (text === input) throw new Error(`the input has no "${without}"`);
  return judgeAnswer(name, text, render(text), table);
}

function judgeAnswer(name: string, input: string, { objects, refusals }: RenderAnswer, table: readonly ReadDeparture[]): CaseResult {
  if (refusals.length === 0) return compare(name, input, objects, table);
  const problems = refusals.map(({ rule, message }) => `refused: ${message} [${rule}]`);
  return { name, verdict: 'wrong', used: [], unexplained: [], problems };
}

function compare(name: string, input: string, rendered: readonly RenderedObject[], table: readonly ReadDeparture[]): CaseResult {
  const inputs = parseAllDocuments(input).map((document) => document.toJS() as InputObject);
  const instance = instanceOf(inputs);
  // What is not ours passes through unchanged; the operator's list does not have it.
  const given = new Set(inputs.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  const ours = rendered.filter(({ kind, metadata }) => !given.has(`${kind}/${metadata.name}`));
  const used: ReadDeparture[] = [];
  const unexplained: Difference[] = [];
  const problems: string[] = [];
  for (const difference of differences(operatorObjects(name), ours)) {
    const [first, second] = matching(difference, table, instance);
    if (first === undefined) {
      unexplained.push(difference);
      problems.push(`${differenceText(difference)} is not in the departures table`);
    } else if (second === undefined) {
      used.push(first);
    } else {
      problems.push(`${differenceText(difference)} is in the departures table twice: "${first.entry.path}" and "${second.entry.path}"`);
    }
  }
  const verdict = used.length === 0 ? 'equal' : 'departs';
  return { name, verdict: problems.length === 0 ? verdict : 'wrong', used, unexplained, problems };
}

function openProblems(features: readonly string[], { refusals }: RenderAnswer): readonly string[] {
  const messages = refusals.filter(({ rule }) => rule === 'not-yet-supported').map(({ message }) => message);
  if (messages.length === 0) return [`listed as open for ${features.join(', ')}, but it is not refused`];
  return features.flatMap((feature) => {
    const field = OPEN_FEATURES[feature] ?? feature;
    return messages.some((message) => message.includes(field))
      ? []
      : [`open for ${feature}, but no refusal names ${field}: ${messages.join('; ')}`];
  });
}

function instanceOf(inputs: readonly InputObject[]): Instance {
  const { metadata } = inputs.find(({ kind }) => kind === 'OpenClawInstance') ?? { metadata: undefined };
  if (metadata?.namespace === undefined) throw new Error('an operator input has one instance with a namespace');
  return { name: metadata.name, namespace: metadata.namespace };
}

function operatorObjects(name: string): readonly RenderedObject[] {
  const lines = readFileSync(new URL(`${name}.jsonl`, ORACLE), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as RenderedObject);
}

export function differenceText({ kind, name, path, operator, ours }: Difference): string {
  return `${kind}/${name} ${pathText(path) || '(whole object)'}: operator ${sideText(operator)}, ours ${sideText(ours)}`;
}
